package io.valiant.io.sequence;

import io.valiant.bsp.BspException;
import io.valiant.io.StorageException;
import io.valiant.io.compress.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What stands at the beginning of a sequence file. Names of classes are compared and never loaded.
 *
 * <pre>
 * 'S' 'E' 'Q' 6
 * key class, value class      each: length (variable), UTF-8
 * values compressed?, blocks? each: one byte
 * codec class                 only if compressed
 * metadata                    count (int), then so many names and values
 * sync                        16 bytes, again in front of runs of records
 * </pre>
 *
 * @param keyClass name
 * @param valueClass name
 * @param compression of values, or of blocks
 * @param blocks whether many records are compressed together
 * @param sync the file's own marker
 * @param length bytes of the header
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SequenceHeader(
        String keyClass, String valueClass, Compression compression, boolean blocks, byte[] sync, long length) {
    static final int VERSION = 6;
    static final int SYNC_BYTES = 16;

    private static final int LONGEST_NAME = 4096;
    private static final int MOST_METADATA_BYTES = 16 << 20;
    private static final String CODECS = "org.apache.hadoop.io.compress.";

    /** Reads a header, byte by byte at first: the stream should be buffered. */
    static SequenceHeader read(String file, InputStream from) throws BspException {
        Counting in = new Counting(from);
        try {
            return read(file, in);
        } catch (MisreadException e) {
            throw notOne(file, "it ends within its header");
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static SequenceHeader read(String file, Counting in) throws IOException, BspException {
        if (in.one() != 'S' || in.one() != 'E' || in.one() != 'Q') {
            throw notOne(file, "it does not begin with SEQ");
        }
        int version = in.one();
        if (version != VERSION) {
            throw notOne(file, "it has version " + version + " and not " + VERSION);
        }
        String key = name(file, in);
        String value = name(file, in);
        boolean compressed = flag(file, in);
        boolean blocks = flag(file, in);
        Compression compression = compressed ? compression(file, name(file, in)) : Compression.NONE;
        if (blocks && !compressed) {
            throw notOne(file, "its blocks are not compressed");
        }
        int pairs = in.one() << 24 | in.one() << 16 | in.one() << 8 | in.one();
        if (pairs < 0) {
            throw notOne(file, "it has " + pairs + " metadata");
        }
        for (int i = 0; i < 2L * pairs; i++) {
            in.text(MOST_METADATA_BYTES);
            if (in.count > MOST_METADATA_BYTES) {
                throw notOne(file, "its metadata are longer than " + MOST_METADATA_BYTES + " bytes");
            }
        }
        return new SequenceHeader(key, value, compression, blocks, in.exactly(SYNC_BYTES), in.count);
    }

    private static String name(String file, Counting in) throws IOException, BspException {
        String name = in.text(LONGEST_NAME);
        if (name == null) {
            throw notOne(file, "the name of a class in its header has a wrong length");
        }
        return name;
    }

    private static boolean flag(String file, Counting in) throws IOException, BspException {
        int value = in.one();
        if (value > 1) {
            throw notOne(file, "a flag in its header is " + value);
        }
        return value == 1;
    }

    private static Compression compression(String file, String codec) throws BspException {
        return switch (codec) {
            case CODECS + "DefaultCodec", CODECS + "DeflateCodec" -> Compression.ZLIB;
            case CODECS + "GzipCodec" -> Compression.GZIP;
            case CODECS + "BZip2Codec" -> Compression.BZIP2;
            case CODECS + "ZStandardCodec" -> Compression.ZSTD;
            default ->
                throw BspException.user(
                        "%s is compressed by '%s'; of sequence files DefaultCodec, GzipCodec, BZip2Codec and ZStandardCodec"
                                + " can be read",
                        file, printable(codec));
        };
    }

    /** Whether the file holds what the job says; it is told if not. */
    void check(String file, String key, String value) throws BspException {
        if (!keyClass.equals(key) || !valueClass.equals(value)) {
            throw BspException.user(
                    "%s holds keys of %s and values of %s; the job reads keys of %s and values of %s",
                    file, printable(keyClass), printable(valueClass), key, value);
        }
    }

    private static String printable(String name) {
        return name.replaceAll("[^\\p{Print}]", "?");
    }

    static BspException notOne(String file, String why) {
        return BspException.user("%s is not a sequence file that can be read: %s", file, why);
    }

    /** Counts what it reads; the end is an exception. */
    private static final class Counting {
        private final InputStream in;
        private long count;

        private Counting(InputStream in) {
            this.in = in;
        }

        private int one() throws IOException {
            int value = in.read();
            if (value < 0) {
                throw new MisreadException("it ends within its header");
            }
            count++;
            return value;
        }

        /** No more memory is taken than bytes are there. */
        private byte[] exactly(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new MisreadException("it ends within its header");
            }
            count += length;
            return bytes;
        }

        /** A text behind its length; null if that is longer than may be. */
        private String text(int longest) throws IOException {
            byte first = (byte) one();
            long length = first;
            int more = VariableLength.size(first) - 1;
            if (more > 0) {
                length = 0;
                for (int i = 0; i < more; i++) {
                    length = length << 8 | one();
                }
                length = VariableLength.isNegative(first) ? ~length : length;
            }
            return length < 0 || length > longest ? null : new String(exactly((int) length), StandardCharsets.UTF_8);
        }
    }
}
