package io.valiant.master.web;

import io.valiant.http.HttpError;
import io.valiant.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The superclasses of the classes in uploaded jars. Each jar is read through once, and only as far as classes are asked for;
 * what went by is remembered. Used by one thread.
 */
final class JarClasses implements AutoCloseable {
    /** Each entry counts as so much more: a jar may hold a great many empty ones. */
    static final int ENTRY_BYTES = 256;

    /** Constants of a class file are at most 65,535 texts of 64 kB; those of a program are far fewer. */
    private static final int MOST_CLASS_BYTES = 1 << 24;

    /** What is remembered takes so much memory at most, {@link #ENTRY_BYTES} for each class among it: some 150,000 classes. */
    private static final int MOST_KNOWN_BYTES = 1 << 26;

    private static final String SUFFIX = ".class";

    private final Iterator<UploadedFile> jars;
    private final byte[] skipped = new byte[8192];

    /** By the name of a class; empty if its file is broken. The first of several in the jars counts. */
    private final Map<String, Optional<String>> known = new TreeMap<>();

    private long leftBytes;
    private long leftKnownBytes = MOST_KNOWN_BYTES;

    /** The jar that is being read, or null. */
    private UploadedFile jar;

    private ZipInputStream entries;

    /**
     * @param jars are looked through in this order
     * @param atMost bytes that are unpacked in all, {@link #ENTRY_BYTES} for each entry among them
     */
    JarClasses(List<UploadedFile> jars, long atMost) {
        this.jars = jars.iterator();
        this.leftBytes = atMost;
    }

    /**
     * The superclass of a class, both with slashes; null if the class is in none of the jars.
     *
     * @throws HttpError if the class or a jar is broken, or the jars unpack to too much
     */
    String superclass(String name) throws HttpError {
        Optional<String> above = known.get(name);
        while (above == null && (jar != null || jars.hasNext())) {
            readOn();
            above = known.get(name);
        }
        if (above != null && above.isEmpty()) {
            throw HttpError.badRequest("class " + name.replace('/', '.') + " in the jars is broken");
        }
        return above == null ? null : above.get();
    }

    /** Opens the next jar, or reads an entry of the one that is open. */
    private void readOn() throws HttpError {
        if (jar == null) {
            jar = jars.next();
        }
        try {
            if (entries == null) {
                entries = new ZipInputStream(jar.content().open());
            }
            ZipEntry entry = entries.getNextEntry();
            if (entry == null) {
                endJar();
            } else {
                read(entry.getName());
            }
        } catch (ZipException | IllegalArgumentException e) {
            // the latter where the name of an entry is no text
            throw new HttpError(400, "BadRequest", jar.name() + " is not a jar: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new HttpError(400, "BadRequest", jar.name() + " is broken", e);
        }
    }

    private void endJar() throws IOException {
        entries.close();
        entries = null;
        jar = null;
    }

    private void read(String entry) throws HttpError, IOException {
        take(ENTRY_BYTES);
        if (entry.endsWith(SUFFIX)) {
            byte[] file = entries.readNBytes((int) Math.min(MOST_CLASS_BYTES, leftBytes));
            take(file.length);
            note(entry.substring(0, entry.length() - SUFFIX.length()), file);
        }
        for (int got = entries.read(skipped); got >= 0; got = entries.read(skipped)) {
            take(got);
        }
    }

    /** One that is broken matters only to who asks for it: jars hold files like {@code module-info.class} too. */
    private void note(String name, byte[] file) throws HttpError {
        Optional<String> above;
        try {
            above = Optional.of(ClassFile.superclass(file));
        } catch (IOException e) {
            above = Optional.empty();
        }
        long chars = (long) name.length() + above.map(String::length).orElse(0);
        leftKnownBytes -= ENTRY_BYTES + Character.BYTES * chars;
        if (leftKnownBytes <= 0) {
            throw tooMuch();
        }
        known.putIfAbsent(name, above);
    }

    private void take(int bytes) throws HttpError {
        leftBytes -= bytes;
        if (leftBytes <= 0) {
            throw tooMuch();
        }
    }

    private HttpError tooMuch() {
        return HttpError.badRequest("the jars hold more than is looked through (" + jar.name()
                + "); say the \"type\" of the program: bsp, superstep or graph");
    }

    @Override
    public void close() throws HttpError {
        try {
            InputStream open = entries;
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new HttpError(400, "BadRequest", jar.name() + " is broken", e);
        }
    }
}
