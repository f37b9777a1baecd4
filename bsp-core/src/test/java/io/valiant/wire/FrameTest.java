package io.valiant.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void theLayoutIsTheOneWrittenDown() throws IOException {
        String golden;
        try (InputStream file = FrameTest.class.getResourceAsStream("frame.hex")) {
            golden = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
        assertThat(HexFormat.of().formatHex(frame().array())).isEqualTo(golden.replaceAll("#.*|\\s", ""));
    }

    @Test
    void anyBitThatIsTurnedIsNoticed() {
        ByteBuffer frame = frame();
        for (int bit = 0; bit < frame.limit() * 8; bit++) {
            frame.put(bit / 8, (byte) (frame.get(bit / 8) ^ 1 << bit % 8));
            assertThat(Frame.isIntact(frame, new CRC32C())).isFalse();
            frame.put(bit / 8, (byte) (frame.get(bit / 8) ^ 1 << bit % 8));
        }
        assertThat(Frame.isIntact(frame, new CRC32C())).isTrue();
    }

    @Test
    void lengthsThatNoFrameHasAreToldBeforeAnythingIsAllocated() {
        ByteBuffer bytes = Frame.allocate(0);
        for (int length :
                new int[] {-1, 0, Frame.HEADER_BYTES - 1, Frame.MAX_BYTES + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(Frame.length(bytes.putInt(0, length), 0)).isEqualTo(-1);
        }
        assertThat(Frame.length(bytes.putInt(0, Frame.MAX_BYTES), 0)).isEqualTo(Frame.MAX_BYTES);
    }

    @Test
    void anUnknownKindOrVersionIsNoKind() {
        ByteBuffer frame = frame();
        assertThat(Frame.kind(frame)).isEqualTo(FrameKind.SYNC);
        assertThat(Frame.kind(frame.put(4, (byte) 77))).isNull();
        assertThat(Frame.kind(frame.put(4, (byte) -1))).isNull();
        assertThat(Frame.kind(frame.put(4, FrameKind.DATA.code()).put(5, (byte) 2)))
                .isNull();
    }

    private static ByteBuffer frame() {
        ByteBuffer frame = Frame.allocate(5);
        frame.put("hello".getBytes(StandardCharsets.US_ASCII));
        Frame.end(frame, FrameKind.SYNC, 0x0102030405060708L, 9, 3);
        Frame.stamp(frame, 0x1112, 0x21, new CRC32C());
        return frame;
    }
}
