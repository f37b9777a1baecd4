package io.valiant.graph.fake;

import io.valiant.io.LineReader;
import io.valiant.protocol.InputSplit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** A file in memory, decompressed, that can be split anywhere. */
final class FakeFile {
    final String name;
    final byte[] bytes;
    /** Readers that are not closed. */
    final AtomicInteger open = new AtomicInteger();
    /** Null, or: the last line of splits that do not begin with the file comes again and again, and that has begun. */
    private CountDownLatch endless;

    private FakeFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    static FakeFile of(String name, String text) {
        return new FakeFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file that others read by its name. */
    static FakeFile named(String path) {
        return new FakeFile(path, new byte[0]);
    }

    static FakeFile of(Path path) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            if (path.toString().endsWith(".gz")) {
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
            return new FakeFile(path.getFileName().toString(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The split that begins with the file waits until an endless one is being read. */
    void becomeEndless() {
        endless = new CountDownLatch(1);
    }

    List<InputSplit> splits(String input, int task, int tasks) {
        List<InputSplit> splits = new ArrayList<>();
        long from = (long) bytes.length * task / tasks;
        long to = (long) bytes.length * (task + 1) / tasks;
        if (to > from) {
            splits.add(new InputSplit(input, name, from, to - from));
        }
        return splits;
    }

    LineReader lines(InputSplit split) {
        return new Lines((int) split.offset(), (int) (split.offset() + split.length()));
    }

    private final class Lines implements LineReader {
        private final int from;
        private final int limit;
        private int start;
        private int end;
        private int next;

        Lines(int from, int limit) {
            this.from = from;
            this.limit = limit;
            this.next = from;
            open.incrementAndGet();
            while (next > 0 && next < bytes.length && bytes[next - 1] != '\n') {
                next++;
            }
        }

        @Override
        public boolean next() {
            if (endless != null) {
                goOnWithoutEnd();
            }
            if (next >= limit) {
                return false;
            }
            start = next;
            end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            next = end + 1;
            return true;
        }

        private void goOnWithoutEnd() {
            if (from > 0) {
                endless.countDown();
                next = next >= limit ? start : next;
                return;
            }
            try {
                endless.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public byte[] buffer() {
            return bytes;
        }

        @Override
        public int start() {
            return start;
        }

        @Override
        public int end() {
            return end;
        }

        @Override
        public int ahead() {
            return Math.min(next, bytes.length);
        }

        @Override
        public int aheadEnd() {
            int last = endless == null ? Math.min(limit, bytes.length) : ahead();
            while (last > ahead() && last < bytes.length && bytes[last - 1] != '\n') {
                last++;
            }
            while (last > ahead() && bytes[last - 1] != '\n') {
                last--;
            }
            return Math.max(last, ahead());
        }

        @Override
        public void pass(int to) {
            next = to;
        }

        @Override
        public long offset() {
            return start;
        }

        @Override
        public String file() {
            return name;
        }

        @Override
        public long lineNumber() {
            long number = 1;
            for (int i = 0; i < start; i++) {
                number += bytes[i] == '\n' ? 1 : 0;
            }
            return number;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
