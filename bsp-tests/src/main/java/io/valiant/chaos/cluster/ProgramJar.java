package io.valiant.chaos.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs a program as a user would: a jar with nothing of Valiant in it. */
public final class ProgramJar {
    private ProgramJar() {}

    /** A jar with the class and those written in it. */
    public static Path of(Class<?> program, Path folder) throws IOException {
        Path jar = folder.resolve(program.getSimpleName() + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(program.getName(), out);
            for (Class<?> inner : program.getDeclaredClasses()) {
                add(inner.getName(), out);
            }
            for (int number = 1; resource(program.getName() + "$" + number) != null; number++) {
                add(program.getName() + "$" + number, out);
            }
        }
        return jar;
    }

    private static URL resource(String type) {
        return ProgramJar.class.getResource("/" + entry(type));
    }

    private static String entry(String type) {
        return type.replace('.', '/') + ".class";
    }

    private static void add(String type, JarOutputStream out) throws IOException {
        URL bytes = resource(type);
        if (bytes == null) {
            throw new IOException("no class " + type + " on the class path");
        }
        try (InputStream in = bytes.openStream()) {
            out.putNextEntry(new JarEntry(entry(type)));
            in.transferTo(out);
            out.closeEntry();
        }
    }
}
