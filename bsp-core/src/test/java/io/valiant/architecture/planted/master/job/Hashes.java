package io.valiant.architecture.planted.master.job;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a core may not do, by package; each method is one breach. */
public final class Hashes {
    public Map<String, String> hashMap() {
        return new HashMap<>();
    }

    public Supplier<Set<String>> hashSet() {
        return HashSet::new;
    }

    public Map<String, String> mapOf() {
        return Map.of("a", "b");
    }

    public Set<String> setCopy(List<String> list) {
        return Set.copyOf(list);
    }

    public Set<String> toSet(List<String> list) {
        return list.stream().collect(Collectors.toSet());
    }

    public Map<String, String> toMap(List<String> list) {
        return list.stream().collect(Collectors.toMap(name -> name, name -> name));
    }

    public int identity() {
        return System.identityHashCode(this);
    }

    public long nanoTime() {
        return System.nanoTime();
    }

    public double chance() {
        return new Random(1).nextDouble();
    }

    public double mathRandom() {
        return Math.random();
    }

    public UUID uuid() {
        return UUID.randomUUID();
    }

    public File file() {
        return new File("a");
    }

    public boolean disk(Path path) {
        return Files.exists(path);
    }

    /** Sorted, so allowed. */
    public Map<String, String> allowed(List<String> list) {
        return list.stream()
                .collect(Collectors.toMap(name -> name, name -> name, (first, second) -> first, TreeMap::new));
    }
}
