package io.valiant.task;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads a job's program from its own jars first, so that it may bring other versions of libraries than the system runs on.
 * What both sides share comes from the system first: the JDK, the API, Hadoop's classes, slf4j. One for each job in local
 * mode, so that no static is shared; safe in any thread.
 */
public final class JobClassLoader extends URLClassLoader {
    private static final List<String> SHARED =
            List.of("java.", "javax.", "jdk.", "sun.", "io.valiant.", "org.apache.hadoop.", "org.slf4j.");

    static {
        registerAsParallelCapable();
    }

    /**
     * @param jars local jars or folders of classes, in order
     * @param system loads what is shared, and all that the jars do not hold
     */
    public JobClassLoader(List<URL> jars, ClassLoader system) {
        super("job", jars.toArray(URL[]::new), system);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isShared(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = findOwnOrShared(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> findOwnOrShared(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notOurs) {
            return super.loadClass(name, false);
        }
    }

    /** Own resources go first as classes do. */
    @Override
    public URL getResource(String name) {
        URL own = isShared(name.replace('/', '.')) ? null : findResource(name);
        return own != null ? own : super.getResource(name);
    }

    /** The same of several with one name, such as the lists of a ServiceLoader. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (isShared(name.replace('/', '.'))) {
            return super.getResources(name);
        }
        List<URL> all = Collections.list(findResources(name));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    private static boolean isShared(String name) {
        for (String prefix : SHARED) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
