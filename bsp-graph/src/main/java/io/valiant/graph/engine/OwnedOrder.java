package io.valiant.graph.engine;

import io.valiant.graph.io.IdSet;
import io.valiant.graph.io.IdText;

/**
 * The ids of a set sorted by the task that owns them: those of task t are {@code order[start[t] .. start[t + 1])}.
 *
 * @param owner of each id
 * @param order ids by owner, else as they were
 * @param start one more than there are tasks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OwnedOrder(int[] owner, int[] order, int[] start) {
    static OwnedOrder of(IdSet ids, int tasks) {
        int[] owner = new int[ids.size()];
        int[] start = new int[tasks + 1];
        for (int i = 0; i < owner.length; i++) {
            owner[i] = IdText.owner(ids.hash(i), tasks);
            start[owner[i] + 1]++;
        }
        for (int t = 0; t < tasks; t++) {
            start[t + 1] += start[t];
        }
        int[] next = start.clone();
        int[] order = new int[owner.length];
        for (int i = 0; i < owner.length; i++) {
            order[next[owner[i]]++] = i;
        }
        return new OwnedOrder(owner, order, start);
    }

    int count(int task) {
        return start[task + 1] - start[task];
    }
}
