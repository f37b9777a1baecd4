package io.valiant.task;

import java.util.ArrayList;
import java.util.List;

/**
 * The threads that a program has started: those in the thread group of the thread that runs it. Threads in which Hadoop's
 * file systems work for it do not count; they know nothing of it.
 */
final class ProgramThreads {
    private static final List<String> SYSTEM = List.of("org.apache.hadoop.", "IPC ");

    private final Thread program;

    ProgramThreads(Thread program) {
        this.program = program;
    }

    /** Those that have not ended. */
    List<Thread> left() {
        ThreadGroup group = program.getThreadGroup();
        Thread[] all = new Thread[group.activeCount() + 16];
        int count = group.enumerate(all);
        while (count == all.length) {
            all = new Thread[2 * count];
            count = group.enumerate(all);
        }
        List<Thread> left = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (all[i] != program && !isSystem(all[i])) {
                left.add(all[i]);
            }
        }
        return left;
    }

    private static boolean isSystem(Thread thread) {
        for (String prefix : SYSTEM) {
            if (thread.getClass().getName().startsWith(prefix)
                    || thread.getName().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
