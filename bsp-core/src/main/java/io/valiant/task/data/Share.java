package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.FileShare;
import io.valiant.bsp.Settings;
import io.valiant.io.FileStores;
import io.valiant.io.compress.Compression;
import io.valiant.io.compress.DamagedDataException;
import io.valiant.protocol.InputSplit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A split as a user's format sees it. Remembers what the store threw and what is still open. */
final class Share implements FileShare {
    private final FileStores stores;
    private final InputSplit split;
    private final Settings settings;
    private final List<InputStream> open = new ArrayList<>();
    private IOException met;

    Share(FileStores stores, InputSplit split, Settings settings) {
        this.stores = stores;
        this.split = split;
        this.settings = settings;
    }

    @Override
    public String file() {
        return split.file();
    }

    @Override
    public long offset() {
        return split.offset();
    }

    @Override
    public long end() {
        return split.length() < 0 ? Long.MAX_VALUE : split.offset() + split.length();
    }

    @Override
    public InputStream open(long from) throws IOException, BspException {
        InputStream raw = stores.of(split.file()).open(split.file(), from);
        // in its place comes what unpacks it, which has more to give back than a file: memory outside the heap
        open.add(raw);
        InputStream in = split.length() >= 0 || from > 0 ? raw : unpacked(raw);
        Watched watched = new Watched(in);
        open.set(open.size() - 1, watched);
        return watched;
    }

    private InputStream unpacked(InputStream raw) throws IOException {
        try {
            return Compression.unpacked(split.file(), raw);
        } catch (IOException e) {
            remember(e);
            throw e;
        }
    }

    @Override
    public Settings settings() {
        return settings;
    }

    /** What the store threw, or null. */
    IOException met() {
        return met;
    }

    private void remember(IOException e) {
        if (!(e instanceof DamagedDataException)) {
            met = e;
        }
    }

    /** Closes what the format has left open. */
    void close() {
        for (InputStream in : List.copyOf(open)) {
            try {
                in.close();
            } catch (IOException e) {
                System.err.println(split.file() + " cannot be closed: " + e.getMessage());
            }
        }
        open.clear();
    }

    private final class Watched extends FilterInputStream {
        private Watched(InputStream in) {
            super(in);
        }

        /** What the format itself closes need not be kept any longer. */
        @Override
        public void close() throws IOException {
            open.remove(this);
            in.close();
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                remember(e);
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            try {
                return in.read(bytes, from, count);
            } catch (IOException e) {
                remember(e);
                throw e;
            }
        }
    }
}
