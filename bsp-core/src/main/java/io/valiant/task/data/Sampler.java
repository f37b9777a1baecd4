package io.valiant.task.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes a bounded number of keys out of any number, evenly: each so-manieth, and fewer the more there are. */
final class Sampler {
    private static final int MOST = 1024;

    private final List<byte[]> keys = new ArrayList<>();
    private long step = 1;
    private long seen;

    void see(byte[] key, int length) {
        if (seen++ % step == 0) {
            if (keys.size() == MOST) {
                thin();
            }
            if ((seen - 1) % step == 0) {
                keys.add(Arrays.copyOf(key, length));
            }
        }
    }

    private void thin() {
        for (int i = 0; i < MOST / 2; i++) {
            keys.set(i, keys.get(2 * i));
        }
        keys.subList(MOST / 2, MOST).clear();
        step *= 2;
    }

    List<byte[]> keys() {
        return keys;
    }

    /** How many keys each stands for, about. */
    long weight() {
        return step;
    }
}
