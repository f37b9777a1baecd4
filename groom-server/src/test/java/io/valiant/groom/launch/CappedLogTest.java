package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CappedLogTest {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("j"), 0, 1);

    @TempDir
    private Path folder;

    private LogStore store;

    @BeforeEach
    void open() {
        store = new LogStore(folder);
    }

    /** Writes the numbers from 0, three characters each, in writes that do not fit the pieces. */
    private void write(int numbers, long cap) throws IOException {
        try (CappedLog log = new CappedLog(store.attemptFolder(ATTEMPT), "stdout", cap)) {
            for (int i = 0; i < numbers; i++) {
                byte[] bytes = String.format("-%03d-", i).getBytes(StandardCharsets.US_ASCII);
                log.write(bytes, 1, 3);
            }
        }
    }

    private String read(long offset, int length) throws IOException, CallException {
        LogChunk chunk = store.read(ATTEMPT, LogStream.STDOUT, offset, length);
        return chunk.offset() + ":" + StandardCharsets.US_ASCII.decode(chunk.bytes());
    }

    @Test
    void aShortStreamIsKeptWhole() throws Exception {
        write(4, 100);
        assertThat(read(0, 100)).isEqualTo("0:000001002003");
        assertThat(read(4, 3)).isEqualTo("4:010");
        assertThat(read(12, 3)).as("the end").isEqualTo("12:");
    }

    @Test
    void aLongStreamKeepsItsHeadAndItsTail() throws Exception {
        // 300 bytes; 20 for the head, then pieces of 10: 280-289 and 290-299 are left
        write(100, 40);
        assertThat(read(0, 100)).isEqualTo("0:00000100200300400500");
        assertThat(read(20, 100)).isEqualTo("280:9309409509");
        assertThat(read(285, 3)).isEqualTo("285:095");
        assertThat(read(290, 100)).isEqualTo("290:6097098099");
    }

    @Test
    void allThatIsKeptIsReadByGoingOnWhereThePieceEnded() throws Exception {
        write(1000, 40);
        long offset = 0;
        int kept = 0;
        while (true) {
            LogChunk chunk = store.read(ATTEMPT, LogStream.STDOUT, offset, 7);
            if (!chunk.bytes().hasRemaining()) {
                assertThat(offset).isEqualTo(chunk.size()).isEqualTo(3000);
                break;
            }
            kept += chunk.bytes().remaining();
            offset = chunk.offset() + chunk.bytes().remaining();
        }
        assertThat(kept).isEqualTo(40);
    }

    @Test
    void anUnknownLogIsTold() {
        assertThatThrownBy(() -> read(0, 1))
                .isInstanceOf(CallException.class)
                .hasMessageContaining("there is no stdout of attempt j_t0_a1");
    }

    @Test
    void onlyTheNewestJobsKeepTheirLogs() throws Exception {
        for (int job = 0; job < 3; job++) {
            Path of = Files.createDirectories(folder.resolve("job" + job).resolve("a"));
            Files.setLastModifiedTime(of.getParent(), FileTime.fromMillis(1000L * job));
        }
        store.retain(1, "job0"::equals);
        assertThat(folder.resolve("job0")).as("it runs").exists();
        assertThat(folder.resolve("job1")).doesNotExist();
        store.retain(1, job -> false);
        assertThat(folder.resolve("job0")).doesNotExist();
        assertThat(folder.resolve("job2")).exists();
    }
}
