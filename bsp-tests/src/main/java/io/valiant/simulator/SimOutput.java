package io.valiant.simulator;

import io.valiant.id.JobId;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.TaskResult;
import io.valiant.task.ChildEvent;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** The output of one child in one generation. */
final class SimOutput {
    private final World world;
    private final SimChild child;
    private final SimExchange exchange;

    SimOutput(World world, SimChild child, SimExchange exchange) {
        this.world = world;
        this.child = child;
        this.exchange = exchange;
    }

    /** Where a job's parts are before COMMIT. */
    static String temporaryFolder(JobSpec spec, JobId job) {
        return spec.output() + "/_temporary/" + job + "/";
    }

    static String partName(int task) {
        return "part-" + (100_000 + task);
    }

    /** Closes the part, as soon as storage answers. Of a generation that is over nothing is told. */
    void close() {
        child.later(world.luck().workNs(), "close-parts", () -> world.storage()
                .reach(child, this::write, () -> fail("storage is away")));
    }

    private void fail(String why) {
        if (!exchange.isAbandoned()) {
            child.fail(why);
        }
    }

    /** While it writes, half a file is there; the child may die over it. */
    private void write() {
        if (exchange.isAbandoned()) {
            return;
        }
        if (world.luck().workerFails(child)) {
            fail("the part cannot be written");
            return;
        }
        byte[] bytes = exchange.program().part();
        String name = partName(child.attempt().task());
        String temporary = temporaryFolder(child.spec(), child.attempt().job()) + "g" + child.generation() + "/" + name;
        world.oracle().writesTemporary(child, temporary);
        world.files().write(temporary, Arrays.copyOf(bytes, bytes.length / 2));
        child.later(world.luck().workNs() / 2, "part-written", () -> {
            if (!exchange.isAbandoned()) {
                written(temporary, name, bytes);
            }
        });
    }

    private void written(String temporary, String name, byte[] bytes) {
        world.oracle().writesTemporary(child, temporary);
        world.files().write(temporary, bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        OutputPart part = new OutputPart(child.attempt().task(), temporary, name, bytes.length, (int) crc.getValue());
        TreeMap<String, Long> steps = new TreeMap<>();
        steps.put("steps", exchange.program().steps());
        TreeMap<String, SortedMap<String, Long>> counters = new TreeMap<>();
        counters.put("ledger", steps);
        child.post(new ChildEvent.PartsClosed(
                new TaskResult(List.of(part), counters, exchange.program().steps() - 1, new TreeMap<>())));
    }
}
