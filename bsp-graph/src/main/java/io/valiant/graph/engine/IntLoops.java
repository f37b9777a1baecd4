package io.valiant.graph.engine;

/**
 * The loops over all edges or vertices that loading is made of. Each is a method of its own: a JVM compiles a long loop while it
 * runs, with all that is in the same method, so what is small and shared by several is compiled soon, and once.
 */
final class IntLoops {
    private IntLoops() {}

    /** Counts: {@code start[k + 1]} goes up by one for each key k. */
    static void count(int[] keys, int[] start) {
        for (int key : keys) {
            start[key + 1]++;
        }
    }

    /** Counts every other of the first {@code 2 * pairs} keys, from the first on: {@code start[k + 1]} goes up for a key k. */
    static void countFirsts(int[] keys, int pairs, int[] start) {
        for (int i = 0; i < pairs; i++) {
            start[keys[2 * i] + 1]++;
        }
    }

    /** Turns what was counted into where each key's run begins. */
    static void addUp(int[] start) {
        int sum = 0;
        for (int i = 0; i < start.length; i++) {
            sum += start[i];
            start[i] = sum;
        }
    }

    /** Replaces each value by what {@code by} has for it. */
    static void replace(int[] values, int[] by) {
        for (int i = 0; i < values.length; i++) {
            values[i] = by[values[i]];
        }
    }

    /** The same, where values below 0 stay as they are. */
    static void replaceKnown(int[] values, int[] by) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= 0) {
                values[i] = by[values[i]];
            }
        }
    }

    /** Where in an order of numbers below {@code size} each is; 0 for those that are not in it. */
    static int[] inverse(int[] order, int size) {
        int[] place = new int[size];
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        return place;
    }

    /** {@code from[order[first]]} and so on. */
    static int[] gather(int[] from, int[] order, int first, int count) {
        int[] gathered = new int[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = from[order[first + i]];
        }
        return gathered;
    }

    /** Adds the length of each run to what there is. */
    static void addLengths(int[] start, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += start[i + 1] - start[i];
        }
    }

    /** How many runs are not empty. */
    static int countFull(int[] start) {
        int count = 0;
        for (int i = 1; i < start.length; i++) {
            count += start[i] > start[i - 1] ? 1 : 0;
        }
        return count;
    }

    /** Writes which runs are not empty, ascending. */
    static int[] full(int[] start) {
        int[] full = new int[countFull(start)];
        int at = 0;
        for (int i = 1; i < start.length; i++) {
            if (start[i] > start[i - 1]) {
                full[at++] = i - 1;
            }
        }
        return full;
    }

    /** Sets a 1 for each key where there was a 0, and returns how many were. */
    static int mark(int[] keys, int[] marks) {
        int count = 0;
        for (int key : keys) {
            count += 1 - marks[key];
            marks[key] = 1;
        }
        return count;
    }

    /** Which are marked, ascending, {@code count} in all; marks become places among these. */
    static int[] marked(int[] marks, int count) {
        int[] marked = new int[count];
        int at = 0;
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] != 0) {
                marks[i] = at;
                marked[at++] = i;
            }
        }
        return marked;
    }
}
