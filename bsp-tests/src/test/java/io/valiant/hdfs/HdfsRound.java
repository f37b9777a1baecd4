package io.valiant.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.JobInput;
import io.valiant.checkpoint.CheckpointFolders;
import io.valiant.checkpoint.DamagedCheckpointException;
import io.valiant.checkpoint.Manifest;
import io.valiant.checkpoint.PartOutput;
import io.valiant.checkpoint.PartReader;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.LineReader;
import io.valiant.io.OutputCommitter;
import io.valiant.io.PartFile;
import io.valiant.io.SplitPlanner;
import io.valiant.io.TextLines;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.OutputPart;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * All that Valiant does with files, once, on the file system that is its argument. Run by {@link HdfsIT} in a JVM with the
 * class path of a child, so that a class that is missing there is missed here.
 */
final class HdfsRound {
    private static final JobId JOB = new JobId("job_round_1");
    private static final int TASKS = 2;
    private static final long NUMBERS = 100_000;

    private final FileStores stores = new FileStores(new TreeMap<>());
    private final FileStore store;
    private final String root;

    private HdfsRound(String root) throws Exception {
        this.root = root;
        this.store = stores.of(root);
    }

    public static void main(String[] arguments) throws Exception {
        HdfsRound round = new HdfsRound(FileStores.child(arguments[0], "round"));
        round.checkpoints();
        round.output();
        round.inputs();
        round.names();
    }

    private void checkpoints() throws Exception {
        String folder = CheckpointFolders.job(root, JOB);
        List<PartOutput.Shared> shared = List.of(new PartOutput.Shared(), new PartOutput.Shared());
        CheckpointRef older = checkpoint(folder, 5, shared);
        CheckpointRef newer = checkpoint(folder, 10, shared);
        reads(older);
        reads(newer);
        String part = CheckpointFolders.part(newer.folder(), 1);
        byte[] bytes = bytes(part);
        bytes[bytes.length / 2] ^= 4;
        write(part, bytes);
        assertThatThrownBy(() -> reads(newer))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining(part);
        store.delete(CheckpointFolders.manifest(newer.folder()));
        assertThatThrownBy(() -> reads(newer))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining("is gone");
        reads(older);
        store.delete(newer.folder());
        assertThat(names(folder)).containsExactly("g1-s5", "shared");
        store.delete(folder);
        store.delete(folder);
        assertThat(store.find(folder)).isNull();
    }

    private CheckpointRef checkpoint(String folder, long superstep, List<PartOutput.Shared> shared) throws Exception {
        List<CheckpointPart> parts = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
            try (PartOutput out = PartOutput.create(stores, folder, JOB, 1, superstep, task, TASKS, shared.get(task))) {
                DataOutput state = out.section("state");
                for (long i = 0; i < NUMBERS; i++) {
                    state.writeLong(superstep * i * i);
                }
                out.shared("topology", 1, into -> into.writeUTF("what seldom changes"));
                parts.add(out.finish());
            }
        }
        String own = CheckpointFolders.checkpoint(folder, 1, superstep);
        CheckpointRef written = Manifest.write(stores, own, JOB, 1, superstep, parts);
        assertThat(Manifest.write(stores, own, JOB, 1, superstep, parts)).isEqualTo(written);
        return written;
    }

    private void reads(CheckpointRef checkpoint) throws Exception {
        Manifest manifest = Manifest.read(stores, checkpoint);
        for (int task = 0; task < TASKS; task++) {
            try (PartReader part = PartReader.open(stores, manifest, task)) {
                assertThat(part.superstep()).isEqualTo(checkpoint.superstep());
                DataInput state = part.section("state");
                for (long i = 0; i < NUMBERS; i++) {
                    assertThat(state.readLong()).isEqualTo(checkpoint.superstep() * i * i);
                }
                assertThat(part.shared("topology").readUTF()).isEqualTo("what seldom changes");
            }
        }
    }

    private void output() throws Exception {
        String output = FileStores.child(root, "out");
        OutputCommitter committer = new OutputCommitter(stores, output, false, JOB);
        committer.check();
        List<OutputPart> parts = List.of(part(output, 0, 0), part(output, 0, 1), part(output, 1, 0));
        committer.commit(parts);
        committer.commit(parts);
        assertThat(names(output)).containsExactly("_SUCCESS", "part-00000", "part-00000-0001", "part-00001");
        assertThat(text(output + "/part-00000-0001")).isEqualTo("task 0 segment 1\n");
        assertThatThrownBy(committer::check).hasMessageContaining("exists");

        OutputCommitter again = new OutputCommitter(stores, output, true, JOB);
        again.check();
        again.commit(List.of(part(output, 1, 0)));
        assertThat(names(output)).containsExactly("_SUCCESS", "part-00001");

        String givenUp = FileStores.child(root, "given-up");
        OutputPart part = part(givenUp, 0, 0);
        new OutputCommitter(stores, givenUp, false, JOB).discard();
        assertThat(store.find(part.temporary())).isNull();
        assertThat(store.find(givenUp)).isNull();
    }

    private OutputPart part(String output, int task, int segment) throws Exception {
        AttemptId attempt = new AttemptId(JOB, task, 1);
        try (PartFile file = PartFile.create(stores, output, attempt, 1, segment)) {
            byte[] line = ("task " + task + " segment " + segment + "\n").getBytes(StandardCharsets.UTF_8);
            file.write(line, 0, line.length);
            return file.finish();
        }
    }

    private void inputs() throws Exception {
        String folder = FileStores.child(root, "in");
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            plain.append("line ").append(i).append('\n');
        }
        write(folder + "/a", plain.toString().getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("packed\n".getBytes(StandardCharsets.UTF_8));
        }
        write(folder + "/b.gz", packed.toByteArray());
        write(folder + "/_SUCCESS", new byte[0]);
        String single = FileStores.child(root, "single");
        write(single, "alone".getBytes(StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (List<InputSplit> splits : new SplitPlanner(stores)
                .plan(List.of(new JobInput("input", folder + "," + single, JobInput.TEXT)), 3)) {
            assertThat(splits).isNotEmpty();
            for (InputSplit split : splits) {
                read(split, lines);
            }
        }
        assertThat(String.join("\n", lines)).isEqualTo(plain + "packed\nalone");
    }

    private void read(InputSplit split, List<String> lines) throws Exception {
        try (LineReader reader = TextLines.open(stores, split)) {
            while (reader.next()) {
                lines.add(new String(
                        reader.buffer(), reader.start(), reader.end() - reader.start(), StandardCharsets.UTF_8));
            }
        }
    }

    private void names() throws Exception {
        String own = FileStores.child(root, "private");
        store.createPrivateFolder(own);
        assertThatThrownBy(() -> store.createPrivateFolder(own)).hasMessageContaining("is there already");
        assertThatThrownBy(() -> store.rename(own, root + "/single")).hasMessageContaining("refused");
        assertThatThrownBy(() -> store.rename(root + "/none", root + "/any")).hasMessageContaining("refused");
        assertThatThrownBy(() -> store.open(root + "/none", 0)).hasMessageContaining("does not exist");
        assertThat(store.find(root + "/single/none")).isNull();
        store.deleteIfEmpty(root);
        store.deleteIfEmpty(own);
        assertThat(names(root)).containsExactly("checkpoints", "in", "out", "single");
    }

    private List<String> names(String folder) throws Exception {
        return store.list(folder).stream().map(FileStore.Entry::name).toList();
    }

    private byte[] bytes(String uri) throws Exception {
        try (InputStream in = store.open(uri, 0)) {
            return in.readAllBytes();
        }
    }

    private String text(String uri) throws Exception {
        return new String(bytes(uri), StandardCharsets.UTF_8);
    }

    private void write(String uri, byte[] bytes) throws Exception {
        try (FileStore.Sink sink = store.create(uri)) {
            sink.write(bytes, 0, bytes.length);
            sink.force();
        }
    }
}
