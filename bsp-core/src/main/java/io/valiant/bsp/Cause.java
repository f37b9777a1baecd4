package io.valiant.bsp;

/**
 * Why, in one line and in parts. Any part but type and message may be null; superstep is null where not known.
 *
 * @param type the class of causes
 * @param message one line
 * @param attempt the attempt it began with
 * @param groom where
 * @param superstep when; below 0 while records were dealt out by key, before the program began at 0
 * @param exception the exception's text: class, message and first frames, at most 8 KiB
 * @param file input file, for bad records
 * @param line 1-based line number in the file, for bad records
 */
public record Cause(
        CauseType type,
        String message,
        String attempt,
        String groom,
        Long superstep,
        String exception,
        String file,
        Long line) {
    /** A cause with nothing but a type and a message. */
    public static Cause of(CauseType type, String message) {
        return new Cause(type, message, null, null, null, null, null, null);
    }

    /** The same with its attempt and groom told, where they were not. */
    public Cause at(String inAttempt, String onGroom) {
        return new Cause(
                type,
                message,
                attempt == null ? inAttempt : attempt,
                groom == null ? onGroom : groom,
                superstep,
                exception,
                file,
                line);
    }
}
