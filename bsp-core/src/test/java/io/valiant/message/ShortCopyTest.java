package io.valiant.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ShortCopyTest {
    private static final int ROOM = 100;
    private static final int AT = 7;

    @Test
    void noByteIsLostAndNoneIsTouchedBesidesWhateverTheLength() {
        byte[] from = new byte[ROOM];
        for (int i = 0; i < ROOM; i++) {
            from[i] = (byte) (i + 1);
        }
        for (int count = 0; count <= 70; count++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM).order(ByteOrder.LITTLE_ENDIAN);
            ShortCopy.put(from, 3, count, buffer, AT);
            byte[] back = new byte[ROOM];
            ShortCopy.get(buffer, AT, back, 5, count);
            assertThat(buffer.position()).isZero();
            for (int i = 0; i < ROOM; i++) {
                boolean put = i >= AT && i < AT + count;
                assertThat(buffer.get(i)).as("%d bytes, at %d", count, i).isEqualTo(put ? from[3 + i - AT] : 0);
                boolean got = i >= 5 && i < 5 + count;
                assertThat(back[i]).as("%d bytes, at %d", count, i).isEqualTo(got ? from[3 + i - 5] : 0);
            }
        }
    }
}
