package io.valiant.graph.io;

/** How arrays grow; a task that outgrows them says so plainly. */
public final class Growth {
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private Growth() {}

    /** The next length of a full array: half as much again. */
    public static int next(int length) {
        if (length == MAX_LENGTH) {
            throw new OutOfMemoryError("one task cannot hold more than " + MAX_LENGTH + " of these; use more tasks");
        }
        return (int) Math.min(MAX_LENGTH, Math.max(16L, length + (length >> 1)));
    }

    /** At least that long, and at least the next length. */
    public static int atLeast(int length, long wanted) {
        if (wanted > MAX_LENGTH) {
            throw new OutOfMemoryError("one task cannot hold " + wanted + " of these; use more tasks");
        }
        return (int) Math.max(wanted, next(length));
    }

    /** Twice the length of a table whose length is a power of two. */
    static int doubled(int length) {
        if (length >= 1 << 30) {
            throw new OutOfMemoryError("one task cannot hold more than " + (1 << 30) + " ids; use more tasks");
        }
        return length << 1;
    }
}
