package io.valiant.simulator;

import io.valiant.simulator.planted.Bug;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs seeds with a planted bug, and knows at which seed each was found. */
final class Planted {
    /** What both sides of the class loader know. */
    private static final List<String> SHARED =
            List.of(Outcome.class.getName(), Outcome.Fault.class.getName(), Violation.class.getName());

    private static final String SEEDS = "planted-seeds.txt";

    private Planted() {}

    /** Runs seeds in classes of their own, which have the bug. */
    static SeedRunner runner(Bug bug) {
        ClassLoader loader = bug.plant(Planted.class.getClassLoader(), SHARED);
        try {
            Method run =
                    loader.loadClass(Simulation.class.getName()).getMethod("run", long.class, int.class, Set.class);
            return (seed, lines, only) -> call(run, seed, lines, only);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the simulator cannot be loaded with bug " + bug.name(), e);
        }
    }

    private static Outcome call(Method run, long seed, int lines, Set<String> only) {
        try {
            return (Outcome) run.invoke(null, seed, lines, only);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("seed " + seed, e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    /** The seed at which each bug was found, by name; written by {@code bin/simulate --planted all}. */
    static SortedMap<String, Long> recordedSeeds() {
        TreeMap<String, Long> seeds = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Planted.class.getResourceAsStream(SEEDS), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] words = line.split(" ");
                    seeds.put(words[0], Long.parseLong(words[1]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(SEEDS, e);
        }
        return seeds;
    }
}
