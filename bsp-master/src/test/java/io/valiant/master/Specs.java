package io.valiant.master;

import io.valiant.bsp.Format;
import io.valiant.bsp.JobInput;
import io.valiant.protocol.JobSpec;
import java.util.List;
import java.util.TreeMap;

/** Job specs for tests. */
final class Specs {
    private Specs() {}

    static JobSpec tasks(int tasks) {
        return of(tasks, null, null, "/out", 0, null);
    }

    /** A job whose loop the engine owns. */
    static JobSpec supersteps(int tasks) {
        return of("superstep", tasks, null, null, List.of(), "/out", 0, null);
    }

    /** A job whose input is dealt out by ranges: it begins with superstep -2. */
    static JobSpec dealt(int tasks) {
        JobInput input = JobInput.of("/in").format(Format.keyValue()).partition(JobInput.RANGE);
        return of("bsp", tasks, null, null, List.of(input), "/out", 0, null);
    }

    static JobSpec withoutOutput(int tasks) {
        return of(tasks, null, null, null, 0, null);
    }

    static JobSpec withPriority(int tasks, int priority) {
        return of(tasks, null, null, "/out", priority, null);
    }

    static JobSpec withSelector(int tasks, String selector) {
        return of(tasks, null, null, "/out", 0, selector);
    }

    static JobSpec withId(String id, String key) {
        return of(1, id, key, "/out", 0, null);
    }

    private static JobSpec of(int tasks, String id, String key, String output, int priority, String selector) {
        return of("bsp", tasks, id, key, List.of(), output, priority, selector);
    }

    private static JobSpec of(
            String type,
            int tasks,
            String id,
            String key,
            List<JobInput> inputs,
            String output,
            int priority,
            String selector) {
        return new JobSpec(
                "test",
                "ann",
                id,
                key,
                type,
                "a.B",
                null,
                null,
                List.of(),
                tasks,
                inputs,
                output,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                1 << 20,
                List.of(),
                priority,
                selector,
                3,
                4);
    }
}
