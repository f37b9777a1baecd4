package io.valiant.io.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
    private static final byte[] TEXT = text();

    private static byte[] text() {
        StringBuilder text = new StringBuilder();
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            text.append(random.nextInt(1000)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] packed(Compression how, byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (how) {
                    case NONE -> bytes;
                    case GZIP -> new GZIPOutputStream(bytes);
                    case BZIP2 -> new BZip2CompressorOutputStream(bytes);
                    case ZSTD -> new ZstdOutputStream(bytes).setChecksum(true);
                    case ZLIB -> new DeflaterOutputStream(bytes);
                }) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String name(Compression how) {
        return how == Compression.ZLIB ? "x.deflate" : "x";
    }

    private static byte[] unpacked(Compression how, byte[] packed) throws IOException {
        try (InputStream in = Compression.unpacked(name(how), new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    /** As pzstd writes it: the length of the frame that follows, in a frame of its own that says nothing to readers. */
    @Test
    void framesToBeSkippedMayComeFirst() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int part = 0; part < 2; part++) {
            byte[] packed = packed(Compression.ZSTD, TEXT);
            file.write(new byte[] {(byte) (0x50 + part), 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4});
            file.write(packed);
        }
        byte[] all = file.toByteArray();
        assertThat(Compression.of("x", Arrays.copyOf(all, Compression.HEAD_BYTES)))
                .isEqualTo(Compression.ZSTD);
        assertThat(unpacked(Compression.ZSTD, all))
                .startsWith(TEXT)
                .endsWith(TEXT)
                .hasSize(2 * TEXT.length);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPackedIsUnpackedByItsFirstBytes(Compression how) throws IOException {
        for (int length : new int[] {0, 1, 9, 10, 11, TEXT.length}) {
            byte[] plain = Arrays.copyOf(TEXT, length);
            byte[] packed = packed(how, plain);
            if (how != Compression.NONE) {
                assertThat(Compression.of(name(how), Arrays.copyOf(packed, Compression.HEAD_BYTES)))
                        .isEqualTo(how);
            }
            assertThat(unpacked(how, packed)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"GZIP", "BZIP2", "ZSTD"})
    void allThatAFileHoldsIsRead(Compression how) throws IOException {
        byte[] twice = twice(packed(how, TEXT));
        assertThat(unpacked(how, twice)).isEqualTo(twice(TEXT));
    }

    private static byte[] twice(byte[] bytes) {
        byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        return twice;
    }

    @Test
    void aSecondZlibStreamIsNotDroppedWithoutAWord() throws IOException {
        byte[] twice = twice(packed(Compression.ZLIB, TEXT));
        assertThatThrownBy(() -> unpacked(Compression.ZLIB, twice)).isInstanceOf(DamagedDataException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"GZIP", "BZIP2", "ZSTD", "ZLIB"})
    void aCutIsTold(Compression how) throws IOException {
        byte[] packed = packed(how, TEXT);
        for (int length : new int[] {Compression.HEAD_BYTES, packed.length / 2, packed.length - 1}) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> unpacked(how, cut))
                    .as("%d of %d bytes", length, packed.length)
                    .isInstanceOf(DamagedDataException.class)
                    .hasMessageContaining("data are cut or wrong");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"GZIP", "BZIP2", "ZSTD", "ZLIB"})
    void aFlippedBitIsTold(Compression how) throws IOException {
        byte[] packed = packed(how, TEXT);
        byte[] wrong = packed.clone();
        wrong[packed.length / 2] ^= 4;
        assertThatThrownBy(() -> unpacked(how, wrong)).isInstanceOf(DamagedDataException.class);
    }

    /** At the border of two members a decoder takes what it cannot read for the end. */
    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"GZIP", "BZIP2", "ZSTD", "ZLIB"})
    void aDiskThatFailsIsNeitherDamageNorTheEnd(Compression how) throws IOException {
        byte[] packed = packed(how, TEXT);
        for (int good : new int[] {packed.length / 2, packed.length - 1, packed.length}) {
            InputStream failing = new InputStream() {
                private int at;

                @Override
                public int read() throws IOException {
                    if (at == good) {
                        throw new IOException("no disk");
                    }
                    return packed[at++] & 0xFF;
                }

                @Override
                public int read(byte[] into, int from, int count) throws IOException {
                    if (count == 0) {
                        return 0;
                    }
                    into[from] = (byte) read();
                    return 1;
                }
            };
            assertThatThrownBy(() -> {
                        try (InputStream in = Compression.unpacked(name(how), failing)) {
                            in.readAllBytes();
                        }
                    })
                    .as("after %d of %d bytes", good, packed.length)
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("no disk");
        }
    }

    @Test
    void textThatLooksLikeACompressionIsText() throws IOException {
        for (String text : new String[] {"BZh9 is what bzip2 writes first\n", "PK", "(\u00B5"}) {
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            assertThat(unpacked(Compression.NONE, plain)).isEqualTo(plain);
        }
    }
}
