package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.io.BadRecordException;
import io.valiant.io.sequence.SequenceReader;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/** Records of a sequence file. */
final class SequenceSource implements RecordSource {
    private static final int SHOWN = 64;

    private final SequenceReader reader;
    private final String file;
    private final Pair pair;
    private final Bytes bytes = new Bytes();

    SequenceSource(SequenceReader reader, String file, Pair pair) {
        this.reader = reader;
        this.file = file;
        this.pair = pair;
    }

    @Override
    public boolean next() throws BspException {
        if (!reader.next()) {
            return false;
        }
        fill(pair.key(), reader.keyBytes(), reader.keyLength(), "key");
        fill(pair.value(), reader.valueBytes(), reader.valueLength(), "value");
        return true;
    }

    private void fill(Writable into, byte[] from, int length, String what) throws BspException {
        try {
            bytes.fill(into, from, 0, length);
        } catch (IOException | RuntimeException e) {
            String problem = "has a " + what + " that is no " + into.getClass().getName() + ": " + e.getMessage();
            throw BadRecordException.atByte(file, reader.position(), problem, shown(from, length), e);
        }
    }

    private static String shown(byte[] bytes, int length) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(length, SHOWN); i++) {
            hex.append(String.format(java.util.Locale.ROOT, "%02x", bytes[i]));
        }
        return length > SHOWN ? hex + "…" : hex.toString();
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
        return file;
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
        reader.close();
    }
}
