package io.valiant.io.compress;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** The compressions that files may have. None of them wants a library of the machine. */
public enum Compression {
    NONE,
    /** All members of a file. */
    GZIP,
    /** All streams of a file. */
    BZIP2,
    /** All frames of a file. */
    ZSTD,
    /** As Hadoop's DefaultCodec writes it: known by the name's end {@code .deflate}, as its first bytes may be anything. */
    ZLIB;

    /** So many first bytes tell which it is. */
    public static final int HEAD_BYTES = 10;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] GZIP_HEAD = {0x1F, (byte) 0x8B};
    private static final byte[] ZSTD_HEAD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
    private static final byte[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};

    /**
     * How a file is compressed.
     *
     * @param name of the file
     * @param head its first {@link #HEAD_BYTES} bytes, fewer if it has fewer
     */
    public static Compression of(String name, byte[] head) {
        if (begins(head, GZIP_HEAD)) {
            return GZIP;
        }
        if (begins(head, ZSTD_HEAD) || beginsSkippable(head)) {
            return ZSTD;
        }
        if (head.length >= HEAD_BYTES
                && head[0] == 'B'
                && head[1] == 'Z'
                && head[2] == 'h'
                && head[3] >= '1'
                && head[3] <= '9') {
            byte[] magic = Arrays.copyOfRange(head, 4, HEAD_BYTES);
            return Arrays.equals(magic, BZIP2_BLOCK) || Arrays.equals(magic, BZIP2_END) ? BZIP2 : NONE;
        }
        return name.endsWith(".deflate") && head.length > 0 ? ZLIB : NONE;
    }

    /** What pzstd writes before each frame, for readers with several threads (RFC 8878, section 3.1.2). */
    private static boolean beginsSkippable(byte[] head) {
        return head.length >= Integer.BYTES
                && (head[0] & 0xF0) == 0x50
                && head[1] == 0x2A
                && head[2] == 0x4D
                && head[3] == 0x18;
    }

    private static boolean begins(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    /**
     * The bytes of a file as they were before they were compressed.
     *
     * @param in from the file's first byte on; closed with the result
     * @throws DamagedDataException what is there is no such data
     */
    public static InputStream unpacked(String name, InputStream in) throws IOException {
        Source source = new Source(in);
        byte[] head = source.readNBytes(HEAD_BYTES);
        return of(name, head).over(new SequenceInputStream(new ByteArrayInputStream(head), source), source);
    }

    /**
     * Unpacks a stream.
     *
     * @throws DamagedDataException what is there is no such data
     */
    public InputStream unpack(InputStream in) throws IOException {
        Source source = new Source(in);
        return over(source, source);
    }

    private InputStream over(InputStream whole, Source source) throws IOException {
        if (this == NONE) {
            return whole;
        }
        try {
            return new Unpacked(decoder(whole), source);
        } catch (IOException | RuntimeException e) {
            throw source.met != null ? source.met : damaged(e);
        }
    }

    private InputStream decoder(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GzipMembers(in, BUFFER_BYTES);
            case BZIP2 -> new BZip2CompressorInputStream(new java.io.BufferedInputStream(in, BUFFER_BYTES), true);
            case ZSTD -> new ZstdInputStream(in);
            case ZLIB -> new WholeZlib(in);
        };
    }

    private DamagedDataException damaged(Exception e) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        return new DamagedDataException(
                "its " + name().toLowerCase(java.util.Locale.ROOT) + " data are cut or wrong (" + reason + ")", e);
    }

    /** A file of this kind holds one stream: what follows would be missing without a word. */
    private static final class WholeZlib extends InflaterInputStream {
        private WholeZlib(InputStream in) {
            super(in, new Inflater(), BUFFER_BYTES);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int got = super.read(bytes, from, count);
            if (got < 0 && (inf.getRemaining() > 0 || in.read() >= 0)) {
                throw new ZipException("more follows their end");
            }
            return got;
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }

    /** Remembers what the file's stream threw: decoders may take it for the end of the data, or hide it in another. */
    private static final class Source extends InputStream {
        private final InputStream in;
        private IOException met;

        private Source(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                met = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            try {
                return in.read(bytes, from, count);
            } catch (IOException e) {
                met = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Tells what the data are to blame for from what the source met. */
    private final class Unpacked extends InputStream {
        private final InputStream decoder;
        private final Source source;
        private final byte[] single = new byte[1];

        private Unpacked(InputStream decoder, Source source) {
            this.decoder = decoder;
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int count = read(single, 0, 1);
            return count < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int got;
            try {
                got = decoder.read(bytes, from, count);
            } catch (IOException | RuntimeException e) {
                throw source.met != null ? source.met : damaged(e);
            }
            if (source.met != null) {
                throw source.met;
            }
            return got;
        }

        @Override
        public void close() throws IOException {
            try (source) {
                decoder.close();
            }
        }
    }
}
