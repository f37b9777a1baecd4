package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.Shell;
import io.valiant.examples.RandomBench;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example random-bench}. */
@Command(
        name = "random-bench",
        description = "Sends messages to tasks drawn by chance and tells how long that took.",
        footer = {"", "Example:", "  bsp example random-bench --tasks 4 --messages 100000 --bytes 100"})
final class RandomBenchVerb extends ExampleVerb {
    @Option(names = "--supersteps", paramLabel = "S", description = "how many; default: ${DEFAULT-VALUE}")
    private long supersteps = 16;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "messages that each task sends in a superstep; default: ${DEFAULT-VALUE}")
    private long messages = 1000;

    @Option(names = "--bytes", paramLabel = "N", description = "bytes of each message; default: ${DEFAULT-VALUE}")
    private int bytes = 100;

    @Option(names = "--seed", paramLabel = "X", description = "where chance begins; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    RandomBenchVerb(Shell shell) {
        super(shell, "bench");
    }

    @Override
    BspJob job() throws BspException {
        need(
                supersteps >= 1 && messages >= 0 && bytes >= Long.BYTES,
                "--supersteps " + supersteps + " --messages " + messages + " --bytes " + bytes
                        + ": at least 1 superstep, 0 messages, 8 bytes");
        return BspJob.of(RandomBench.class)
                .name("random-bench")
                .set(RandomBench.SUPERSTEPS, supersteps)
                .set(RandomBench.MESSAGES, messages)
                .set(RandomBench.BYTES, bytes)
                .set(RandomBench.SEED, seed)
                .set(RandomBench.TIMED, true);
    }

    @Override
    Object result(List<String> lines, JobStatus status) {
        SortedMap<String, Long> counted = status.counters().get("bench");
        double micros = counted.getOrDefault("micros", 0L);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("messages", counted.getOrDefault("messages", 0L));
        result.put("bytes", counted.getOrDefault("bytes", 0L));
        result.put("ms", micros / 1000);
        result.put("mb_s", counted.getOrDefault("bytes", 0L) / Math.max(1, micros));
        return result;
    }
}
