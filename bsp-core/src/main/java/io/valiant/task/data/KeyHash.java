package io.valiant.task.data;

/**
 * The task of a key by a hash of its bytes: the same in every JVM, whatever {@code hashCode} its class has. Never to be
 * changed: outputs written by it are read again as parts.
 */
final class KeyHash {
    private static final long OFFSET = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private KeyHash() {}

    static int taskOf(byte[] key, int length, int tasks) {
        long hash = OFFSET;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ (key[i] & 0xFF)) * PRIME;
        }
        // FNV leaves the high bits of short keys alike
        hash ^= hash >>> 33;
        hash *= 0xFF51AFD7ED558CCDL;
        hash ^= hash >>> 33;
        return (int) Long.remainderUnsigned(hash, tasks);
    }
}
