package io.valiant.graph.general;

/**
 * All mirrors of a task, numbered by (sending task, slot there), and for each slot of this task those that lead to it, in that
 * order. Of no use when a mirror has changed.
 */
final class MirrorIndex {
    /** All mirrors must not have more targets. */
    static final int MOST_EDGES = Integer.MAX_VALUE - 8;

    private final Mirrors[] mirrors;

    /** By sending task and slot there: the number of its mirror, if it has one. */
    private final int[][] number;

    /** By number: the task whose vertex it mirrors. */
    private final int[] tasks;

    /** The mirrors that lead to slot s are {@code numbers[start[s] .. start[s + 1])}; one more than that needs. */
    private final int[] start;

    private final int[] numbers;

    /** Slots that a mirror leads to. */
    private final long[] reached;

    /** {@code slots}: of this task. */
    MirrorIndex(Mirrors[] mirrors, int slots) {
        this.mirrors = mirrors;
        long edges = 0;
        for (Mirrors of : mirrors) {
            edges += of.edges();
        }
        number = new int[mirrors.length][];
        start = new int[slots + 2];
        numbers = new int[Math.toIntExact(edges)];
        reached = new long[(slots + 63) >>> 6];
        tasks = giveNumbers();
        countTargets();
        place();
    }

    private int[] giveNumbers() {
        int all = 0;
        for (Mirrors of : mirrors) {
            for (int s = 0; s < of.slots(); s++) {
                all += of.count(s) > 0 ? 1 : 0;
            }
        }
        int[] those = new int[all];
        int next = 0;
        for (int task = 0; task < mirrors.length; task++) {
            number[task] = new int[mirrors[task].slots()];
            for (int s = 0; s < number[task].length; s++) {
                if (mirrors[task].count(s) > 0) {
                    number[task][s] = next;
                    those[next++] = task;
                }
            }
        }
        return those;
    }

    /** Two places behind, so that placing one behind leaves each beginning where it should be. */
    private void countTargets() {
        for (Mirrors of : mirrors) {
            for (int s = 0; s < of.slots(); s++) {
                if (of.count(s) > 0) {
                    count(of.targets(s), of.begin(s), of.count(s));
                }
            }
        }
        for (int s = 2; s < start.length; s++) {
            reached[(s - 2) >>> 6] |= start[s] > 0 ? 1L << (s - 2) : 0;
            start[s] += start[s - 1];
        }
    }

    private void count(int[] targets, int from, int many) {
        for (int i = from; i < from + many; i++) {
            start[targets[i] + 2]++;
        }
    }

    private void place() {
        for (int task = 0; task < mirrors.length; task++) {
            Mirrors of = mirrors[task];
            for (int s = 0; s < of.slots(); s++) {
                if (of.count(s) > 0) {
                    place(of.targets(s), of.begin(s), of.count(s), number[task][s]);
                }
            }
        }
    }

    private void place(int[] targets, int from, int many, int itsNumber) {
        for (int i = from; i < from + many; i++) {
            numbers[start[targets[i] + 1]++] = itsNumber;
        }
    }

    /** How many mirrors there are. */
    int size() {
        return tasks.length;
    }

    /** The number of a mirror that there is. */
    int number(int task, int slot) {
        return number[task][slot];
    }

    /** The task whose vertex a mirror stands for. */
    int task(int ofNumber) {
        return tasks[ofNumber];
    }

    /** Where the mirrors that lead to a slot begin in {@link #numbers}. */
    int begin(int slot) {
        return slot < start.length - 2 ? start[slot] : 0;
    }

    int end(int slot) {
        return slot < start.length - 2 ? start[slot + 1] : 0;
    }

    int[] numbers() {
        return numbers;
    }

    /** The bitmap of slots that a mirror leads to. */
    long[] reached() {
        return reached;
    }
}
