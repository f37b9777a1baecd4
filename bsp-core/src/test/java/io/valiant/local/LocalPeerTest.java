package io.valiant.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.Format;
import io.valiant.bsp.JobInput;
import io.valiant.config.BspConfiguration;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.TaskAssignment;
import io.valiant.task.SideFiles;
import io.valiant.time.SystemClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPeerTest {
    @TempDir
    private Path folder;

    @Test
    void untilItTellsItIsWhereItsGenerationBegins() throws Exception {
        LocalPeer anew = peer(null);
        assertThat(anew.superstep()).isEqualTo(-2);
        assertThat(anew.status().startSuperstep()).isEqualTo(-2);
        anew.progress(new AttemptProgress(-1, false, "loading", 1, 1, 1, 0, 0, 0));
        assertThat(anew.superstep()).isEqualTo(-1);
        anew.progress(new AttemptProgress(0, false, "computing", 1, 1, 1, 0, 0, 0));
        assertThat(anew.superstep()).isZero();
        LocalPeer restored = peer(new CheckpointRef(1, 7, folder.toString(), 0));
        assertThat(restored.superstep()).isEqualTo(7);
        assertThat(restored.status().startSuperstep()).isEqualTo(7);
    }

    /** The peer, not started, of a job whose input is dealt out by ranges. */
    private LocalPeer peer(CheckpointRef restore) throws Exception {
        Path file = Files.writeString(folder.resolve("in"), "a\tb\n");
        JobSpec spec = JobSpecs.of(
                BspJob.of(DataPrograms.Steps.class)
                        .tasks(1)
                        .input(JobInput.of(file.toString())
                                .format(Format.keyValue())
                                .partition(JobInput.RANGE)),
                BspConfiguration.defaults());
        FileStores stores = new FileStores(new TreeMap<>());
        MemoryLinks links = new MemoryLinks();
        links.begins(1);
        return new LocalPeer(
                new TaskAssignment(
                        new AttemptId(new JobId("job_peer"), 0, 1), 1, spec, List.of(), folder.toString(), restore),
                links.links(0, ExchangeConfig.of(1 << 20, folder, 1, SystemClock.INSTANCE)),
                links,
                SystemClock.INSTANCE,
                stores,
                jars -> getClass().getClassLoader(),
                new SideFiles(stores, folder),
                (peer, message) -> {});
    }
}
