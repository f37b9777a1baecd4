package io.valiant.master.web;

import io.valiant.http.HttpError;
import io.valiant.http.UploadedFile;
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
    /** A jar may unpack to far more than it takes; a program's own does not. */
    private static final long MOST_UNPACKED_BYTES = 1L << 28;

    private static final String BSP = "io/valiant/bsp/Bsp";
    private static final String SUPERSTEP = "io/valiant/bsp/SuperstepProgram";
    private static final String GRAPH = "io/valiant/graph/";
    private static final int MOST_SUPERCLASSES = 32;
    private static final int MAGIC = 0xCAFEBABE;

    private ProgramKind() {}

    /**
     * The type of the program.
     *
     * @param program its class
     * @param jars that it and its superclasses are in
     */
    static String find(String program, List<UploadedFile> jars) throws HttpError {
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
            String above = superclass(name, jars);
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

    private static String superclass(String name, List<UploadedFile> jars) throws HttpError {
        for (UploadedFile jar : jars) {
            try (ZipInputStream entries = new ZipInputStream(jar.content().open())) {
                long unpacked = 0;
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    if (entry.getName().equals(name + ".class")) {
                        return superclass(new DataInputStream(entries));
                    }
                    unpacked += skipped(entries, MOST_UNPACKED_BYTES - unpacked);
                    if (unpacked >= MOST_UNPACKED_BYTES) {
                        throw HttpError.badRequest(
                                jar.name() + " unpacks to more than is looked through; say the \"type\" of the"
                                        + " program: bsp, superstep or graph");
                    }
                }
            } catch (ZipException e) {
                throw new HttpError(400, "BadRequest", jar.name() + " is not a jar: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new HttpError(
                        400, "BadRequest", "class " + name.replace('/', '.') + " in " + jar.name() + " is broken", e);
            }
        }
        return null;
    }

    /** Passes over an entry, or as much of it as is allowed. */
    private static long skipped(InputStream entry, long atMost) throws IOException {
        byte[] buffer = new byte[8192];
        long skipped = 0;
        while (skipped < atMost) {
            int got = entry.read(buffer, 0, (int) Math.min(buffer.length, atMost - skipped));
            if (got < 0) {
                return skipped;
            }
            skipped += got;
        }
        return skipped;
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
