package io.valiant.master.web;

import io.valiant.http.HttpError;
import io.valiant.http.UploadedFile;
import java.util.List;

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

    private static final String BSP = "io/valiant/bsp/Bsp";
    private static final String SUPERSTEP = "io/valiant/bsp/SuperstepProgram";
    private static final String GRAPH = "io/valiant/graph/";
    private static final int MOST_SUPERCLASSES = 32;

    private ProgramKind() {}

    /**
     * The type of the program.
     *
     * @param program its class
     * @param jars that it and its superclasses are in
     */
    static String find(String program, List<UploadedFile> jars) throws HttpError {
        return find(program, jars, MOST_UNPACKED_BYTES);
    }

    /** @param atMost bytes that are unpacked in all, {@link JarClasses#ENTRY_BYTES} for each entry among them */
    static String find(String program, List<UploadedFile> jars, long atMost) throws HttpError {
        try (JarClasses classes = new JarClasses(jars, atMost)) {
            return find(program, classes);
        }
    }

    private static String find(String program, JarClasses classes) throws HttpError {
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
            String above = classes.superclass(name);
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
}
