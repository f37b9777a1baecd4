package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Format;
import io.valiant.bsp.InputFormat;
import io.valiant.io.sequence.SequenceReader;
import io.valiant.protocol.InputSplit;
import io.valiant.task.CurrentRecord;
import io.valiant.task.TaskContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.io.Writable;

/** The records of a task's splits, one after another. */
final class SplitRecords extends OpenInput {
    private final TaskContext context;
    private final List<InputSplit> splits;
    private final Pair pair;
    private final byte[] separator;

    /** A user's format; made once. */
    private InputFormat<Writable, Writable> own;

    private int opened;
    private RecordSource source;
    private boolean atRecord;

    /** Records read of the split that is open. */
    private long read;

    SplitRecords(String name, RecordType type, TaskContext context) throws BspException {
        super(name, type);
        this.context = context;
        this.splits = context.splits(name);
        this.pair = new Pair(type);
        this.separator = type.format().kind() == Format.Kind.KEY_VALUE
                ? type.format().separator().getBytes(StandardCharsets.UTF_8)
                : null;
        if (!type.isSplittable() && splits.stream().anyMatch(split -> split.length() >= 0)) {
            throw BspException.user(
                    "input '%s' was cut anywhere, and %s reads whole files: name the format where the job is made"
                            + " (JobInput.format or --input-format)",
                    name, type.format());
        }
    }

    @Override
    boolean advance() throws BspException {
        atRecord = false;
        while (true) {
            if (source != null) {
                if (source.next()) {
                    atRecord = true;
                    read++;
                    return true;
                }
                close();
            }
            if (opened == splits.size()) {
                return false;
            }
            source = open(splits.get(opened++));
            read = 0;
        }
    }

    private RecordSource open(InputSplit split) throws BspException {
        return switch (type().format().kind()) {
            case TEXT, KEY_VALUE -> new LineSource(context.openLines(split), pair, separator);
            case SEQUENCE ->
                new SequenceSource(
                        SequenceReader.open(
                                context.stores(),
                                split,
                                type().keyClass().getName(),
                                type().valueClass().getName()),
                        split.file(),
                        pair);
            case OWN -> {
                if (own == null) {
                    own = type().makeOwn();
                }
                yield OwnSource.open(own, new Share(context.stores(), split, context.settings()), pair);
            }
        };
    }

    @Override
    void save(DataOutput out) throws IOException {
        out.writeInt(opened);
        out.writeLong(source == null ? 0 : read);
    }

    @Override
    void restore(DataInput in) throws IOException, BspException {
        opened = in.readInt();
        long behind = in.readLong();
        if (opened < 0 || opened > splits.size() || behind < 0 || (opened == 0 && behind > 0)) {
            throw new IOException("the input stood behind record " + behind + " of split " + opened);
        }
        if (behind == 0) {
            return;
        }
        InputSplit split = splits.get(opened - 1);
        source = open(split);
        for (read = 0; read < behind; read++) {
            if (!source.next()) {
                throw BspException.user(
                        "%s has become shorter since the checkpoint: it ends before record %d of this task's share",
                        split.file(), behind);
            }
        }
        atRecord = true;
    }

    @Override
    public Writable key() {
        return current().key();
    }

    @Override
    public Writable value() {
        return current().value();
    }

    @Override
    public String text() {
        return current().text();
    }

    @Override
    public String position() {
        RecordSource at = current();
        return at.file() + ":" + at.offset();
    }

    private RecordSource current() {
        if (!atRecord) {
            throw new IllegalStateException(
                    "there is no current record: call next() first, and only while it says true");
        }
        return source;
    }

    @Override
    void rewind() {
        close();
        opened = 0;
        atRecord = false;
    }

    @Override
    void tellRecord(Throwable failure) {
        if (atRecord && source != null) {
            failure.addSuppressed(new CurrentRecord(source.file(), source.offset(), lineNumber(failure)));
        }
    }

    /** Null where the file cannot be read once more to count: why then goes with the failure too. */
    private Long lineNumber(Throwable failure) {
        try {
            return source.lineNumber();
        } catch (BspException e) {
            failure.addSuppressed(e);
            return null;
        }
    }

    /** Nothing stays open; the next record asked for is of the next split. */
    @Override
    void close() {
        if (source != null) {
            source.close();
            source = null;
        }
    }
}
