package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What Writables see is what java.io would show them, wherever an array ends and grows. */
class BytesTest {
    private static void writeAll(DataOutput out, Random chance, int from) throws IOException {
        for (int i = 0; i < 40; i++) {
            switch ((from + i) % 8) {
                case 0 -> out.write(chance.nextInt());
                case 1 -> out.writeShort(chance.nextInt());
                case 2 -> out.writeInt(chance.nextInt());
                case 3 -> out.writeLong(chance.nextLong());
                case 4 -> out.writeDouble(chance.nextGaussian());
                case 5 -> out.writeUTF("é" + chance.nextInt());
                case 6 -> out.writeBoolean(chance.nextBoolean());
                default -> out.writeFloat(chance.nextFloat());
            }
        }
    }

    private static void readAll(ByteInput in, Random chance, int from) throws IOException {
        for (int i = 0; i < 40; i++) {
            switch ((from + i) % 8) {
                case 0 -> assertThat(in.readByte()).isEqualTo((byte) chance.nextInt());
                case 1 -> assertThat(in.readShort()).isEqualTo((short) chance.nextInt());
                case 2 -> assertThat(in.readInt()).isEqualTo(chance.nextInt());
                case 3 -> assertThat(in.readLong()).isEqualTo(chance.nextLong());
                case 4 -> assertThat(in.readDouble()).isEqualTo(chance.nextGaussian());
                case 5 -> assertThat(in.readUTF()).isEqualTo("é" + chance.nextInt());
                case 6 -> assertThat(in.readBoolean()).isEqualTo(chance.nextBoolean());
                default -> assertThat(in.readFloat()).isEqualTo(chance.nextFloat());
            }
        }
    }

    @Test
    void bytesAreThoseOfJavaIo() throws IOException {
        for (int from = 0; from < 8; from++) {
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            writeAll(new DataOutputStream(expected), new Random(from), from);
            ByteOutput out = new ByteOutput();
            writeAll(out, new Random(from), from);
            assertThat(Arrays.copyOf(out.bytes(), out.size())).isEqualTo(expected.toByteArray());
            ByteInput in = new ByteInput().reset(out.bytes(), 0, out.size());
            readAll(in, new Random(from), from);
            assertThat(in.remaining()).isZero();
        }
    }

    @Test
    void recordsKeepTheirBytesWhileOthersMove() {
        ByteRecords records = new ByteRecords();
        records.grow(50);
        byte[][] expected = new byte[50][0];
        Random chance = new Random(5);
        for (int round = 0; round < 3000; round++) {
            int number = chance.nextInt(50);
            expected[number] = new byte[chance.nextInt(chance.nextInt(50) == 0 ? 300_000 : 5000)];
            chance.nextBytes(expected[number]);
            records.put(number, expected[number], 0, expected[number].length);
        }
        ByteInput in = new ByteInput();
        for (int number = 0; number < 50; number++) {
            records.open(number, in);
            assertThat(Arrays.copyOfRange(in.bytes(), in.position(), in.position() + in.remaining()))
                    .isEqualTo(expected[number]);
        }
    }
}
