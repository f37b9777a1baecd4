package io.valiant.graph.engine;

import io.valiant.graph.io.IdSet;
import io.valiant.graph.io.IdText;

/**
 * The ids of a set sorted by the task that owns them: those of task t are {@code order[start[t] .. start[t + 1])}.
 *
 * @param order numbers of ids by owner, else ascending
 * @param start one more than there are tasks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OwnedOrder(int[] order, int[] start) {
    static OwnedOrder of(IdSet ids, int tasks) {
        int[] numbers = new int[ids.count()];
        int[] owner = new int[numbers.length];
        list(ids, tasks, numbers, owner);
        int[] start = new int[tasks + 1];
        IntLoops.count(owner, start);
        IntLoops.addUp(start);
        int[] order = new int[numbers.length];
        sort(numbers, owner, start.clone(), order);
        return new OwnedOrder(order, start);
    }

    private static void list(IdSet ids, int tasks, int[] numbers, int[] owner) {
        int count = 0;
        for (int i = 0, end = ids.size(); i < end; i++) {
            if (ids.has(i)) {
                numbers[count] = i;
                owner[count++] = IdText.owner(ids.hash(i), tasks);
            }
        }
    }

    private static void sort(int[] numbers, int[] owner, int[] next, int[] order) {
        for (int i = 0; i < numbers.length; i++) {
            order[next[owner[i]]++] = numbers[i];
        }
    }

    int count(int task) {
        return start[task + 1] - start[task];
    }
}
