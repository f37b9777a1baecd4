package io.valiant.simulator.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loads our own classes anew, some of them changed; all others are the parent's. */
final class PlantedLoader extends ClassLoader {
    private final List<String> shared;
    private final Map<String, List<Change>> changes;

    PlantedLoader(ClassLoader parent, List<String> shared, Map<String, List<Change>> changes) {
        super(parent);
        this.shared = List.copyOf(shared);
        this.changes = new TreeMap<>(changes);
    }

    /**
     * Changes all classes now: a change that does not fit shall not come up in a simulation, whose judge would take it for a finding.
     *
     * @throws IllegalStateException see {@link Rewriter#rewrite}
     */
    void plant() {
        try {
            for (String name : changes.keySet()) {
                loadClass(name);
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a planted bug is for a class that is not there: " + e.getMessage(), e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = name.startsWith(Change.ROOT) && !shared.contains(name)
                        ? define(name)
                        : getParent().loadClass(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes;
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("class " + name, e);
        }
        List<Change> ours = changes.get(name);
        byte[] changed = ours == null ? bytes : Rewriter.rewrite(bytes, ours);
        return defineClass(name, changed, 0, changed.length);
    }
}
