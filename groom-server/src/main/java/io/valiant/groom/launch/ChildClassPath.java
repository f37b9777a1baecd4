package io.valiant.groom.launch;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars of a child JVM, as the build lists them: {@code classpath/child.txt} names jars of {@code lib}. */
public final class ChildClassPath {
    private ChildClassPath() {}

    /**
     * Reads the list.
     *
     * @param dist the folder of the build that holds {@code lib} and {@code classpath}
     */
    public static List<Path> read(Path dist) throws BspException {
        Path list = dist.resolve("classpath").resolve("child.txt");
        List<Path> jars = new ArrayList<>();
        try {
            for (String name : Files.readAllLines(list)) {
                if (!name.isBlank()) {
                    jars.add(dist.resolve("lib").resolve(name.strip()));
                }
            }
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "cannot read " + list + ", the class path of children: " + e + "; run mvn -B -DskipTests package",
                    e);
        }
        if (jars.isEmpty()) {
            throw BspException.user("%s is empty; run mvn -B -DskipTests package", list);
        }
        return jars;
    }
}
