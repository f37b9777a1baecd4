package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Input;
import io.valiant.io.LineReader;
import io.valiant.protocol.InputSplit;
import io.valiant.task.TaskContext;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a task's splits, one after another. */
final class TextInput implements Input {
    private final TaskContext context;
    private final List<InputSplit> splits;
    private int opened;
    private LineReader lines;
    private boolean atRecord;

    TextInput(TaskContext context, List<InputSplit> splits) {
        this.context = context;
        this.splits = splits;
    }

    @Override
    public boolean next() throws BspException {
        atRecord = false;
        while (true) {
            if (lines != null) {
                if (lines.next()) {
                    atRecord = true;
                    return true;
                }
                close();
            }
            if (opened == splits.size()) {
                return false;
            }
            lines = context.openLines(splits.get(opened++));
        }
    }

    @Override
    public String text() {
        LineReader at = current();
        return new String(at.buffer(), at.start(), at.end() - at.start(), StandardCharsets.UTF_8);
    }

    @Override
    public String position() {
        LineReader at = current();
        return at.file() + ":" + at.offset();
    }

    private LineReader current() {
        if (!atRecord) {
            throw new IllegalStateException(
                    "there is no current record: call next() first, and only while it says true");
        }
        return lines;
    }

    @Override
    public void reopen() {
        close();
        opened = 0;
        atRecord = false;
    }

    /** Nothing stays open; the next record asked for is of the next split. */
    void close() {
        if (lines != null) {
            lines.close();
            lines = null;
        }
    }
}
