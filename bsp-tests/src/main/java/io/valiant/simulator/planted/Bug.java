package io.valiant.simulator.planted;

import java.util.List;
import java.util.TreeMap;

/**
 * A bug to be planted.
 *
 * @param name for the command line
 * @param what is wrong, in words
 */
public record Bug(String name, String what, List<Change> changes) {
    public Bug {
        changes = List.copyOf(changes);
    }

    /** What it does to the code, one line. */
    public String change() {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(text.length() == 0 ? "" : "; ").append(change);
        }
        return text.toString();
    }

    /**
     * A class loader of which the classes have the bug.
     *
     * @param shared names of classes that are left to the parent
     */
    public ClassLoader plant(ClassLoader parent, List<String> shared) {
        TreeMap<String, List<Change>> byClass = new TreeMap<>();
        for (Change change : changes) {
            byClass.computeIfAbsent(change.className(), key -> new java.util.ArrayList<>())
                    .add(change);
        }
        PlantedLoader loader = new PlantedLoader(parent, shared, byClass);
        loader.plant();
        return loader;
    }
}
