package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.InputFormat;
import io.valiant.bsp.RecordReader;
import io.valiant.io.BadRecordException;
import io.valiant.io.StorageException;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/** Records that a user's format reads. What it throws is its own fault, unless the file's stream threw it. */
final class OwnSource implements RecordSource {
    private final Share share;
    private final Pair pair;
    private final RecordReader<Writable, Writable> reader;

    private OwnSource(Share share, Pair pair, RecordReader<Writable, Writable> reader) {
        this.share = share;
        this.pair = pair;
        this.reader = reader;
    }

    static OwnSource open(InputFormat<Writable, Writable> format, Share share, Pair pair) throws BspException {
        try {
            RecordReader<Writable, Writable> reader = format.open(share);
            if (reader == null) {
                throw BspException.user(
                        "%s gave no reader for %s", format.getClass().getName(), share.file());
            }
            return new OwnSource(share, pair, reader);
        } catch (BspException e) {
            share.close();
            throw e;
        } catch (IOException | RuntimeException e) {
            share.close();
            throw failed(share, share.offset(), e);
        }
    }

    @Override
    public boolean next() throws BspException {
        try {
            boolean more = reader.next(pair.key(), pair.value());
            if (share.met() != null) {
                throw storage(share);
            }
            return more;
        } catch (IOException | RuntimeException e) {
            throw failed(share, position(), e);
        }
    }

    private static BspException failed(Share share, long position, Exception e) {
        if (share.met() != null) {
            return storage(share);
        }
        String problem = e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
        return BadRecordException.atByte(share.file(), position, "is bad: " + problem, "", e);
    }

    private static BspException storage(Share share) {
        IOException met = share.met();
        return new StorageException("cannot read " + share.file() + ": " + met.getMessage(), met);
    }

    private long position() {
        try {
            return reader.position();
        } catch (RuntimeException e) {
            // asked for an error's sake: the reader is broken already
            return share.offset();
        }
    }

    @Override
    public Writable key() {
        return pair.key();
    }

    @Override
    public Writable value() {
        return pair.value();
    }

    @Override
    public String text() {
        return pair.key() + "\t" + pair.value();
    }

    @Override
    public String file() {
        return share.file();
    }

    @Override
    public long offset() {
        return reader.position();
    }

    @Override
    public Long lineNumber() {
        return null;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException | RuntimeException e) {
            System.err.println("the reader of " + share.file() + " cannot be closed: " + e);
        }
        share.close();
    }
}
