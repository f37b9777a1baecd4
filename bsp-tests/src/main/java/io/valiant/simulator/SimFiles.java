package io.valiant.simulator;

import java.util.TreeMap;

/** The shared file system: whole files by URI. It survives every process. */
final class SimFiles {
    private final TreeMap<String, byte[]> files = new TreeMap<>();

    void write(String file, byte[] bytes) {
        files.put(file, bytes.clone());
    }

    /** The file's bytes, or null. */
    byte[] read(String file) {
        byte[] bytes = files.get(file);
        return bytes == null ? null : bytes.clone();
    }

    /** Moves a file, replacing; true also if it was moved before. */
    boolean move(String from, String to) {
        byte[] bytes = files.remove(from);
        if (bytes != null) {
            files.put(to, bytes);
        }
        return files.containsKey(to);
    }

    /** Removes all files whose names begin so. */
    void removeAll(String prefix) {
        files.subMap(prefix, prefix + Character.MAX_VALUE).clear();
    }

    /** How many files have names that begin so. */
    int count(String prefix) {
        return files.subMap(prefix, prefix + Character.MAX_VALUE).size();
    }
}
