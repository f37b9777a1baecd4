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
        int[] order = new int[ids.count()];
        int[] owner = new int[order.length];
        int[] start = new int[tasks + 1];
        int count = 0;
        for (int i = 0, end = ids.size(); i < end; i++) {
            if (ids.has(i)) {
                owner[count] = IdText.owner(ids.hash(i), tasks);
                start[owner[count++] + 1]++;
            }
        }
        for (int t = 0; t < tasks; t++) {
            start[t + 1] += start[t];
        }
        int[] next = start.clone();
        count = 0;
        for (int i = 0, end = ids.size(); i < end; i++) {
            if (ids.has(i)) {
                order[next[owner[count++]]++] = i;
            }
        }
        return new OwnedOrder(order, start);
    }

    int count(int task) {
        return start[task + 1] - start[task];
    }
}
