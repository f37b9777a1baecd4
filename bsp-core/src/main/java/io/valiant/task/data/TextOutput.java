package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Output;
import io.valiant.io.PartWriter;
import java.nio.charset.StandardCharsets;

/** Lines of text in a task's part. */
final class TextOutput implements Output {
    private final PartWriter part;
    private final String separator;

    /** Whether a key may not hold the separator: it would be read back as another. */
    private final boolean strict;

    private final StringBuilder line = new StringBuilder();

    TextOutput(PartWriter part, String separator, boolean strict) {
        this.part = part;
        this.separator = separator;
        this.strict = strict;
    }

    @Override
    public void write(Object key, Object value) throws BspException {
        line.setLength(0);
        line.append(key);
        int keyLength = line.length();
        line.append(separator);
        if (strict && line.indexOf(separator) != keyLength) {
            throw BspException.user(
                    "the key '%s' holds '%s' or ends with a part of it, which separates it from its value",
                    key, separator);
        }
        line.append(value);
        if (strict && line.charAt(line.length() - 1) == '\r') {
            throw BspException.user(
                    "the value of key '%s' ends in a carriage return, which reading would take away", key);
        }
        finishLine();
    }

    @Override
    public void writeLine(CharSequence text) throws BspException {
        line.setLength(0);
        line.append(text);
        finishLine();
    }

    private void finishLine() throws BspException {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\n') {
                throw BspException.user("a line of output holds a line end: '%s'", line.substring(0, i));
            }
        }
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        part.write(bytes, 0, bytes.length);
    }
}
