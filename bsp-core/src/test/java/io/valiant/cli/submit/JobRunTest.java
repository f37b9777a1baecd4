package io.valiant.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.Peer;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class JobRunTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    /** Has written something, and waits without an end. */
    static final class Waits extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            peer.output().writeLine("x".repeat(100_000));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new BspException(BspException.Kind.FENCED, "interrupted", e);
            }
        }
    }

    /** Sends a long message. */
    static final class SendsLong extends Bsp<BytesWritable> {
        @Override
        public void run(Peer<BytesWritable> peer) throws BspException {
            peer.sendBytes(0, new byte[1 << 20], 0, 1 << 20);
            peer.sync();
        }
    }

    private Shell shell() {
        PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Shell(told, told, folder, configuration -> {
            throw BspException.user("no cluster here");
        });
    }

    @Test
    void aJobOfThisProcessGoesWithItAndLeavesNothing() throws Exception {
        JobHandle handle = BspJob.of(Waits.class)
                .output(folder.resolve("out").toString())
                .local()
                .submit();
        Departure.local(shell(), handle).depart();
        assertThat(handle.status().state()).isEqualTo(JobState.KILLED);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("ends with this process")
                .doesNotContain("goes on");
    }

    @Test
    void theConfigurationHoldsForAJobOfThisProcessToo() throws Exception {
        Files.writeString(
                folder.resolve("bsp-site.xml"),
                "<configuration><property><name>bsp.message.max.bytes</name><value>1k</value></property></configuration>");
        BspJob job = BspJob.of(SendsLong.class).local();
        assertThat(new JobRun(shell(), new JobOptions(), false).run(job, new Nothing()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("raise bsp.message.max.bytes");
    }

    /** Shows nothing. */
    private static final class Nothing implements JobRun.Show {
        @Override
        public Map<String, Object> document(JobStatus status) {
            return new TreeMap<>();
        }

        @Override
        public void print(JobStatus status) {}
    }

    @Test
    void aJobOfThisProcessCannotBeLeftToItself() {
        JobOptions options = new JobOptions();
        new CommandLine(options).parseArgs("--detach");
        BspJob job = BspJob.of(Waits.class).local();
        assertThatThrownBy(() -> new JobRun(shell(), options, false).run(job, new Nothing()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--detach");
    }
}
