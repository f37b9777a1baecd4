package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Input;
import io.valiant.io.LineReader;
import io.valiant.protocol.InputSplit;
import io.valiant.task.CurrentRecord;
import io.valiant.task.TaskContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a task's splits, one after another. */
final class TextInput implements Input {
    private final TaskContext context;
    private final List<InputSplit> splits;
    private int opened;
    private LineReader lines;
    private boolean atRecord;

    /** Lines read of the split that is open. */
    private long read;

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
                    read++;
                    return true;
                }
                close();
            }
            if (opened == splits.size()) {
                return false;
            }
            lines = context.openLines(splits.get(opened++));
            read = 0;
        }
    }

    /** Where this input stands: in which split, behind which of its lines. */
    void save(DataOutput out) throws IOException {
        out.writeInt(opened);
        out.writeLong(lines == null ? 0 : read);
    }

    /** Goes on where the input stood. */
    void restore(DataInput in) throws IOException, BspException {
        opened = in.readInt();
        long behind = in.readLong();
        if (opened < 0 || opened > splits.size() || behind < 0 || (opened == 0 && behind > 0)) {
            throw new IOException("the input stood behind line " + behind + " of split " + opened);
        }
        if (behind == 0) {
            return;
        }
        lines = context.openLines(splits.get(opened - 1));
        for (read = 0; read < behind; read++) {
            if (!lines.next()) {
                throw BspException.user(
                        "%s has become shorter since the checkpoint: it ends before line %d of this task's share",
                        lines.file(), behind);
            }
        }
        atRecord = true;
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

    /** Tells with a failure at which record it came; nothing if there is no current one. */
    void tellRecord(Throwable failure) {
        if (atRecord && lines != null) {
            failure.addSuppressed(new CurrentRecord(lines.file(), lines.offset(), lineNumber(failure)));
        }
    }

    /** Null where the file cannot be read once more to count: why then goes with the failure too. */
    private Long lineNumber(Throwable failure) {
        try {
            return lines.lineNumber();
        } catch (BspException e) {
            failure.addSuppressed(e);
            return null;
        }
    }

    /** Nothing stays open; the next record asked for is of the next split. */
    void close() {
        if (lines != null) {
            lines.close();
            lines = null;
        }
    }
}
