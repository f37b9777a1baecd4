package io.valiant.master.web;

import io.valiant.http.HttpError;
import io.valiant.http.UploadedFile;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Finds out which kind of program a class is, by the names of its superclasses in the class files. No class is loaded: what
 * others upload does not become part of this process.
 */
final class ProgramKind {
    /**
     * A jar may unpack to far more than it takes; a program's own does not. So much is looked through for one submission, however
     * many jars and superclasses there are.
     */
    private static final long MOST_UNPACKED_BYTES = 1L << 28;

    /** Each entry counts as so much more: a jar may hold a great many empty ones. */
    private static final int ENTRY_BYTES = 256;

    /** Constants of a class file are at most 65,535 texts of 64 kB; those of a program are far fewer. */
    private static final int MOST_CLASS_BYTES = 1 << 24;

    private static final String BSP = "io/valiant/bsp/Bsp";
    private static final String SUPERSTEP = "io/valiant/bsp/SuperstepProgram";
    private static final String GRAPH = "io/valiant/graph/";
    private static final int MOST_SUPERCLASSES = 32;
    private static final int MAGIC = 0xCAFEBABE;

    private final List<UploadedFile> jars;
    private long leftBytes;

    private ProgramKind(List<UploadedFile> jars, long leftBytes) {
        this.jars = jars;
        this.leftBytes = leftBytes;
    }

    /**
     * The type of the program.
     *
     * @param program its class
     * @param jars that it and its superclasses are in
     */
    static String find(String program, List<UploadedFile> jars) throws HttpError {
        return find(program, jars, MOST_UNPACKED_BYTES);
    }

    /** @param atMost bytes that are unpacked in all, {@link #ENTRY_BYTES} for each entry among them */
    static String find(String program, List<UploadedFile> jars, long atMost) throws HttpError {
        return new ProgramKind(jars, atMost).find(program);
    }

    private String find(String program) throws HttpError {
        String name = program.replace('.', '/');
        for (int depth = 0; depth < MOST_SUPERCLASSES; depth++) {
            if (name.equals(BSP)) {
                return "bsp";
            }
            if (name.equals(SUPERSTEP)) {
                return "superstep";
            }
            if (name.startsWith(GRAPH)) {
                return "graph";
            }
            String above = superclass(name);
            if (above == null && depth == 0) {
                throw HttpError.badRequest("the class " + program + " is in none of the jars; upload its jar as part"
                        + " 'jar', or say its \"type\" if the system brings it");
            }
            if (above == null) {
                break;
            }
            name = above;
        }
        throw HttpError.badRequest("the class " + program
                + " extends neither Bsp nor SuperstepProgram nor a vertex program, as far as the jars tell; \"type\" may"
                + " be given");
    }

    private String superclass(String name) throws HttpError {
        for (UploadedFile jar : jars) {
            try (ZipInputStream entries = new ZipInputStream(jar.content().open())) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    take(ENTRY_BYTES, jar);
                    if (entry.getName().equals(name + ".class")) {
                        byte[] file = entries.readNBytes((int) Math.min(MOST_CLASS_BYTES, leftBytes));
                        take(file.length, jar);
                        return superclass(new DataInputStream(new ByteArrayInputStream(file)));
                    }
                    skip(entries, jar);
                }
            } catch (ZipException | IllegalArgumentException e) {
                // the latter where the name of an entry is no text
                throw new HttpError(400, "BadRequest", jar.name() + " is not a jar: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new HttpError(
                        400, "BadRequest", "class " + name.replace('/', '.') + " in " + jar.name() + " is broken", e);
            }
        }
        return null;
    }

    /** Passes over an entry, or as much of it as is allowed. */
    private void skip(InputStream entry, UploadedFile jar) throws HttpError, IOException {
        byte[] buffer = new byte[8192];
        for (int got = entry.read(buffer); got >= 0; got = entry.read(buffer)) {
            take(got, jar);
        }
    }

    private void take(int bytes, UploadedFile jar) throws HttpError {
        leftBytes -= bytes;
        if (leftBytes <= 0) {
            throw HttpError.badRequest("the jars unpack to more than is looked through (" + jar.name()
                    + "); say the \"type\" of the program: bsp, superstep or graph");
        }
    }

    /** Reads a class file up to the name of its superclass. */
    private static String superclass(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.readInt();
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] classes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.readNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    // takes two places
                    i++;
                }
                default -> throw new IOException("constant of the unknown kind " + tag);
            }
        }
        in.readUnsignedShort();
        in.readUnsignedShort();
        int above = in.readUnsignedShort();
        if (above >= count || classes[above] >= count || texts[classes[above]] == null) {
            throw new IOException("no superclass");
        }
        return texts[classes[above]];
    }
}
