package io.valiant.benchmark.side;

import java.util.List;

/**
 * Sides that do the same and run in turn.
 *
 * @param name such as {@code pagerank}
 * @param input the graph's name; empty where there is none
 * @param sides ours first
 */
public record Measure(String name, String input, List<Side> sides) {
    public Measure {
        sides = List.copyOf(sides);
    }
}
