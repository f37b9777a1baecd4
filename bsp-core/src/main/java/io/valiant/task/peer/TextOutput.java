package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Output;
import io.valiant.io.PartWriter;
import java.nio.charset.StandardCharsets;

/** Lines of text in a task's part. */
final class TextOutput implements Output {
    private final PartWriter part;
    private final StringBuilder line = new StringBuilder();

    TextOutput(PartWriter part) {
        this.part = part;
    }

    @Override
    public void write(Object key, Object value) throws BspException {
        line.setLength(0);
        line.append(key).append('\t').append(value);
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
