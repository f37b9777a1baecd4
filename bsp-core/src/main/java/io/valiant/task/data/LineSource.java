package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.io.LineReader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** Lines; key and value are made of one only when they are asked for. */
final class LineSource implements RecordSource {
    private final LineReader lines;
    private final Pair pair;

    /** Between key and value; null: the key is the line's position, the value the line. */
    private final byte[] separator;

    private boolean keyFilled;
    private boolean valueFilled;

    LineSource(LineReader lines, Pair pair, byte[] separator) {
        this.lines = lines;
        this.pair = pair;
        this.separator = separator;
    }

    @Override
    public boolean next() throws BspException {
        keyFilled = false;
        valueFilled = false;
        return lines.next();
    }

    @Override
    public Writable key() {
        Writable key = pair.key();
        if (!keyFilled) {
            keyFilled = true;
            if (separator == null) {
                ((LongWritable) key).set(lines.offset());
            } else {
                int end = separatorAt();
                ((Text) key).set(lines.buffer(), lines.start(), (end < 0 ? lines.end() : end) - lines.start());
            }
        }
        return key;
    }

    @Override
    public Writable value() {
        Writable value = pair.value();
        if (!valueFilled) {
            valueFilled = true;
            int from = lines.start();
            if (separator != null) {
                int at = separatorAt();
                from = at < 0 ? lines.end() : at + separator.length;
            }
            ((Text) value).set(lines.buffer(), from, lines.end() - from);
        }
        return value;
    }

    /** Where the first separator of the line begins; -1 if there is none. */
    private int separatorAt() {
        byte[] bytes = lines.buffer();
        for (int i = lines.start(); i <= lines.end() - separator.length; i++) {
            int same = 0;
            while (same < separator.length && bytes[i + same] == separator[same]) {
                same++;
            }
            if (same == separator.length) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String text() {
        return new String(lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
    }

    @Override
    public String file() {
        return lines.file();
    }

    @Override
    public long offset() {
        return lines.offset();
    }

    @Override
    public Long lineNumber() throws BspException {
        return lines.lineNumber();
    }

    @Override
    public void close() {
        lines.close();
    }
}
