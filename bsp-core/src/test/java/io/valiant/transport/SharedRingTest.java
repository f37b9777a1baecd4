package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broken peer can write into the memory of a link may end the link, and keeps nobody from blocking. */
class SharedRingTest {
    private static final int CAPACITY = 8 << 10;
    private static final int WRITTEN = 0;
    private static final int READ = 128;

    @TempDir
    Path folder;

    private MappedByteBuffer memory;
    private SharedRing writer;
    private SharedRing reader;

    @BeforeEach
    void create() throws IOException {
        RingFile.create(folder.resolve("ring"), CAPACITY);
        try (FileChannel file =
                FileChannel.open(folder.resolve("ring"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
        }
        memory.order(ByteOrder.LITTLE_ENDIAN);
        writer = RingFile.open(folder.resolve("ring")).ring(true);
        reader = RingFile.open(folder.resolve("ring")).ring(true);
    }

    @Test
    void isEmptyUntilSomethingIsShownAndOnceItIsRead() throws IOException {
        assertThat(reader.isEmpty()).isTrue();
        writer.write(ByteBuffer.allocate(10));
        assertThat(reader.isEmpty()).isTrue();
        writer.publish();
        assertThat(reader.isEmpty()).isFalse();
        reader.read(ByteBuffer.allocate(9));
        assertThat(reader.isEmpty()).isFalse();
        reader.read(ByteBuffer.allocate(9));
        assertThat(reader.isEmpty()).isTrue();
    }

    @Test
    void aReaderBlocksThoughItsOwnCounterIsOverwritten() throws IOException {
        writer.write(ByteBuffer.allocate(10));
        writer.publish();
        assertThat(reader.askForBytes()).isFalse();
        assertThat(reader.read(ByteBuffer.allocate(100))).isEqualTo(10);
        reader.release();
        memory.putLong(READ, 7);
        assertThat(reader.askForBytes()).isTrue();
        assertThat(reader.read(ByteBuffer.allocate(100))).isZero();
    }

    @Test
    void aWriterBlocksThoughItsOwnCounterIsOverwritten() throws IOException {
        assertThat(writer.write(ByteBuffer.allocate(CAPACITY + 1))).isEqualTo(CAPACITY);
        writer.publish();
        memory.putLong(WRITTEN, 7);
        assertThat(writer.askForRoom()).isTrue();
        memory.putLong(READ, 1);
        assertThat(writer.askForRoom()).isFalse();
        assertThat(writer.write(ByteBuffer.allocate(CAPACITY))).isEqualTo(1);
    }

    @Test
    void aCounterThatCannotBeIsToldAtTheNextUse() throws IOException {
        memory.putLong(WRITTEN, CAPACITY + 1);
        assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1))).hasMessageContaining("damaged");
        memory.putLong(WRITTEN, -1);
        assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1))).hasMessageContaining("damaged");
        memory.putLong(READ, 1);
        assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(CAPACITY + 1)))
                .hasMessageContaining("damaged");
    }
}
