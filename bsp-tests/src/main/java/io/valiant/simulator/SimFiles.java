package io.valiant.simulator;

import io.valiant.simulator.engine.SimRandom;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The shared file system: whole files by URI. It survives every process. */
final class SimFiles {
    private final TreeMap<String, byte[]> files = new TreeMap<>();

    /** Files and folders that were damaged. */
    private final TreeSet<String> hurt = new TreeSet<>();

    void write(String file, byte[] bytes) {
        files.put(file, bytes.clone());
    }

    /** The file's bytes, or null. */
    byte[] read(String file) {
        byte[] bytes = files.get(file);
        return bytes == null ? null : bytes.clone();
    }

    /** Damages a file: a wrong bit, half of it, or none. The folder counts as damaged from now on. */
    void damage(String file, SimRandom random) {
        byte[] bytes = files.get(file);
        hurt.add(file.substring(0, file.lastIndexOf('/')));
        int how = random.below(3);
        if (how == 0 && bytes.length > 0) {
            byte[] wrong = bytes.clone();
            wrong[random.below(bytes.length)] ^= (byte) (1 << random.below(8));
            files.put(file, wrong);
        } else if (how == 1) {
            files.put(file, Arrays.copyOf(bytes, bytes.length / 2));
        } else {
            files.remove(file);
        }
    }

    /** Whether a file of that folder was damaged. */
    boolean isHurt(String folder) {
        return hurt.contains(folder);
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

    /** The names that begin so. */
    List<String> names(String prefix) {
        return List.copyOf(files.subMap(prefix, prefix + Character.MAX_VALUE).keySet());
    }

    /** How many files have names that begin so. */
    int count(String prefix) {
        return files.subMap(prefix, prefix + Character.MAX_VALUE).size();
    }
}
