package io.valiant.benchmark.side;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.machine.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A graph job of ours, from the shell: {@code kernel_ms} is what the job itself counts as its iterations, {@code whole_ms} the
 * whole command, text in and text out; {@code peak_mib} the peak memory of the job's child JVMs together, left out where one of
 * them ended unseen.
 */
final class GraphSide implements Side {
    private final Lab lab;
    private final String name;
    private final List<String> words;
    private final Path output;
    private final Check check;

    /** @param words {@code graph ALGO …} with everything but the output */
    GraphSide(Lab lab, String name, List<String> words, Check check) {
        this.lab = lab;
        this.name = name;
        this.words = words;
        this.output = lab.work().resolve("out");
        this.check = check;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Sample into) throws IOException {
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of("--output", output.toString(), "--overwrite", "--json"));
        Lab.Ran ran = lab.bsp(command);
        into.ran(ran);
        Outcome outcome = ran.outcome();
        if (outcome.code() != 0) {
            into.wrong(String.join(" ", command) + ": " + outcome.told());
            return;
        }
        JsonNode facts = outcome.json();
        into.figure("kernel_ms", facts, "compute_ms");
        for (String figure : List.of("load_ms", "output_ms", "supersteps", "edges")) {
            into.figure(figure, facts, figure);
        }
        peakMib(ran, facts.path("job_id").asText()).ifPresent(peak -> into.figure("peak_mib", peak));
        check.check(output, into);
    }

    private OptionalDouble peakMib(Lab.Ran ran, String job) throws IOException {
        Outcome status = lab.bsp(List.of("job", "status", job, "--json")).outcome();
        if (status.code() != 0) {
            throw new IOException("job status " + job + ": " + status.told());
        }
        List<Long> pids = new ArrayList<>();
        new JobFacts(status.json())
                .attempts()
                .forEach(attempt -> pids.add(attempt.path("pid").asLong()));
        return ran.memory().sumMib(pids);
    }
}
