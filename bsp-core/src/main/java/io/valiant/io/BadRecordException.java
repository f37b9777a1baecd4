package io.valiant.io;

import io.valiant.bsp.BspException;

/** A record of the input is not what the program wants: names file and line, which go into the job's cause. */
public final class BadRecordException extends BspException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    private final String file;
    private final Long line;

    /**
     * @param file URI
     * @param line from 1
     * @param problem such as {@code is not 'src dst'}
     * @param text of the record; a long one is cut
     */
    public BadRecordException(String file, long line, String problem, String text) {
        super(Kind.USER, file + " line " + line + " '" + shown(text) + "' " + problem);
        this.file = file;
        this.line = line;
    }

    private BadRecordException(String message, String file, Throwable cause) {
        super(Kind.USER, message, cause);
        this.file = file;
        this.line = null;
    }

    /**
     * A record of a file without lines.
     *
     * @param position of its first byte
     * @param problem such as {@code has a bad key}
     * @param text of the record, may be empty; a long one is cut
     * @param cause what was thrown, or null
     */
    public static BadRecordException atByte(String file, long position, String problem, String text, Throwable cause) {
        String quoted = text.isEmpty() ? "" : " '" + shown(text) + "'";
        return new BadRecordException(
                file + " at byte " + position + ": the record" + quoted + " " + problem, file, cause);
    }

    /** The current line of a reader is bad. */
    public static BadRecordException at(LineReader lines, String problem) throws BspException {
        int length = Math.min(lines.end() - lines.start(), 4 * SHOWN);
        String text = new String(lines.buffer(), lines.start(), length, java.nio.charset.StandardCharsets.UTF_8);
        return new BadRecordException(lines.file(), lines.lineNumber(), problem, text);
    }

    /** URI of the file. */
    public String file() {
        return file;
    }

    /** 1-based; null in a file without lines. */
    public Long line() {
        return line;
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
    }
}
