package io.valiant.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FramePropertyTest {
    @Property(tries = 300)
    void whatIsWrittenIsRead(
            @ForAll FrameKind kind,
            @ForAll long generation,
            @ForAll long superstep,
            @ForAll long sequence,
            @ForAll long acknowledged,
            @ForAll int sender,
            @ForAll @Size(max = 300) byte[] payload) {
        ByteBuffer frame = Frame.begin(ByteBuffer.allocateDirect(Frame.HEADER_BYTES + 300));
        frame.put(payload);
        Frame.end(frame, kind, generation, superstep, sender);
        Frame.stamp(frame, sequence, acknowledged, new CRC32C());
        assertThat(Frame.isIntact(frame, new CRC32C())).isTrue();
        assertThat(Frame.length(frame, 0)).isEqualTo(Frame.HEADER_BYTES + payload.length);
        assertThat(Frame.kind(frame)).isEqualTo(kind);
        assertThat(Frame.generation(frame)).isEqualTo(generation);
        assertThat(Frame.superstep(frame)).isEqualTo(superstep);
        assertThat(Frame.sequence(frame)).isEqualTo(sequence);
        assertThat(Frame.acknowledged(frame)).isEqualTo(acknowledged);
        assertThat(Frame.sender(frame)).isEqualTo(sender);
        byte[] read = new byte[payload.length];
        frame.get(Frame.HEADER_BYTES, read);
        assertThat(read).isEqualTo(payload);
    }
}
