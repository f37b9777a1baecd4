package io.valiant.task.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.checkpoint.CheckpointInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SavedStateTest {
    private final Part part = new Part();

    /** A part with one section; counts those who read it and have not closed it. */
    private static final class Part implements CheckpointInput {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int readers;

        @Override
        public long superstep() {
            return 5;
        }

        @Override
        public DataInputStream section(String name) {
            readers++;
            return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()) {
                @Override
                public void close() {
                    readers--;
                }
            });
        }

        @Override
        public DataInputStream shared(String name) {
            throw new AssertionError("nothing is shared");
        }
    }

    @BeforeEach
    void save() throws IOException {
        DataOutputStream out = new DataOutputStream(part.bytes);
        out.writeUTF(LongWritable.class.getName());
        new LongWritable(12).write(out);
    }

    @Test
    void aStateIsReadAsItWasWritten() throws Exception {
        assertThat(SavedState.className(part)).isEqualTo(LongWritable.class.getName());
        LongWritable state = new LongWritable();
        SavedState.read(part, state);
        assertThat(state.get()).isEqualTo(12);
        assertThat(part.readers).isZero();
    }

    @Test
    void aStateThatDoesNotFitIsNotLeftOpen() throws Exception {
        assertThatThrownBy(() -> SavedState.read(part, new Text())).isInstanceOf(BspException.class);
        assertThat(part.readers).isZero();
    }
}
