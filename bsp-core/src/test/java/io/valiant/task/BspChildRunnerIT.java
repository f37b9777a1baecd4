package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.valiant.bsp.CauseType;
import io.valiant.config.PeerTransport;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.transport.PeerFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class BspChildRunnerIT {
    @TempDir
    private Path folder;

    private FakeGroom groom;
    private final List<Process> children = new ArrayList<>();
    private final List<FakeGroom.Talk> talks = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        groom = new FakeGroom(folder);
    }

    @AfterEach
    void close() throws Exception {
        groom.close();
    }

    @ParameterizedTest
    @EnumSource(PeerTransport.class)
    void twoChildrenRunToTheirConfirmedEndWithoutHadoopsFileSystems(PeerTransport transport) throws Exception {
        groom.link(transport, PeerFolder.make(folder.resolve("p")).path());
        start(2, "end", "-Xlog:class+load:file=" + folder.resolve("classes-%p"));
        for (FakeGroom.Talk talk : talks) {
            ChildMessage.Finished finished = talk.hear(ChildMessage.Finished.class);
            assertThat(finished.generation()).isEqualTo(1);
            assertThat(finished.result().facts()).containsEntry("supersteps", 2L);
        }
        for (FakeGroom.Talk talk : talks) {
            talk.say(new GroomMessage.EndConfirmed(1));
        }
        assertThat(exit(0)).isZero();
        assertThat(exit(1)).isZero();
        assertThat(Files.readString(attemptFile(0, "stdout"))).isEqualTo("got 41\n");
        assertThat(Files.readString(attemptFile(0, "stderr"))).isEmpty();
        assertThat(attemptFile(0, "mark")).exists();
        String classes =
                Files.readString(folder.resolve("classes-" + children.get(0).pid()));
        assertThat(classes.lines()
                        .map(line -> line.replaceFirst("^.*\\] (\\S+) source:.*", "$1"))
                        .filter(name ->
                                name.matches("(org\\.apache|org\\.slf4j|com\\.|picocli|io\\.valiant\\.config).*"))
                        .filter(name -> !name.startsWith("com.sun.") && !name.equals(PeerTransport.class.getName())))
                .contains("org.apache.hadoop.io.Writable")
                .doesNotContain("org.apache.hadoop.io.WritableComparator")
                .allMatch(name -> name.startsWith("org.apache.hadoop.io."));
    }

    @Test
    void theResultIsToldAgainAfterTheConnectionBroke() throws Exception {
        start(1, "end");
        talks.get(0).hear(ChildMessage.Finished.class);
        talks.get(0).hangUp();
        FakeGroom.Talk again = groom.attached();
        again.say(new GroomMessage.Attached(assignment(0, 1, "end"), false));
        again.hear(ChildMessage.Finished.class);
        again.say(new GroomMessage.EndConfirmed(1));
        assertThat(exit(0)).isZero();
    }

    @Test
    void aBarrierStaysShutWhileTheGroomHolds() throws Exception {
        groom.launch(TestJobs.attempt(0));
        FakeGroom.Talk talk = groom.attached();
        talk.say(new GroomMessage.Attached(assignment(0, 1, "end"), true));
        talk.say(new GroomMessage.Peers(table(List.of(talk))));
        talk.say(new GroomMessage.Resume());
        talk.hear(ChildMessage.Finished.class);
    }

    @Test
    void aProgramThatThrowsIsToldWithItsTextAndSuperstep() throws Exception {
        start(1, "throw");
        ChildMessage.Failed failed = talks.get(0).hear(ChildMessage.Failed.class);
        assertThat(failed.cause().type()).isEqualTo(CauseType.USER_ERROR);
        assertThat(failed.cause().message()).isEqualTo("java.lang.IllegalStateException: boom");
        assertThat(failed.cause().exception()).contains("ChildPrograms$Does.run");
        assertThat(failed.cause().superstep()).isEqualTo(1);
        assertThat(exit(0)).isEqualTo(1);
    }

    @Test
    void aFullHeapIsToldAsSuch() throws Exception {
        start(1, "fill", "-Xmx64m");
        assertThat(talks.get(0).hear(ChildMessage.Failed.class).cause().type()).isEqualTo(CauseType.OUT_OF_MEMORY);
        assertThat(exit(0)).isEqualTo(1);
    }

    @Test
    void anExitByTheProgramKeepsItsCodeAndLeavesTheMark() throws Exception {
        start(1, "exit");
        assertThat(exit(0)).isEqualTo(5);
        assertThat(attemptFile(0, "mark")).exists();
    }

    @Test
    void aSignalLeavesNoMark() throws Exception {
        start(1, "wait");
        children.get(0).destroy();
        assertThat(exit(0)).isEqualTo(143);
        assertThat(attemptFile(0, "mark")).doesNotExist();
    }

    @Test
    void aChildWhoseGroomIsSilentLeaves() throws Exception {
        start(1, "wait");
        groom.silent = true;
        assertThat(exit(0)).isEqualTo(Exit.ORPHAN_CODE);
    }

    @Test
    void aChildThatIsRefusedLeaves() throws Exception {
        children.add(groom.launch(TestJobs.attempt(0)));
        groom.attached().say(new GroomMessage.Refused("no such attempt"));
        assertThat(exit(0)).isEqualTo(Exit.FENCED_CODE);
    }

    @Test
    void aSpareHasBeenThroughALifeBeforeItsOwn() throws Exception {
        Path classes = folder.resolve("classes");
        Path temporary = Files.createDirectory(folder.resolve("t"));
        Process spare = groom.launchSpare(
                TestJobs.attempt(0), "-Djava.io.tmpdir=" + temporary, "-Xlog:class+load:file=" + classes);
        children.add(spare);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(classes) && Files.readString(classes).contains("Greeting$Word"));
        awaitNothingLeft(spare, temporary);
        await("links that were shared memory").atMost(Duration.ofSeconds(20)).until(() -> !hasMapped(spare, temporary));
        assertThat(Files.readString(classes)).as("no class of a user").doesNotContain("ChildPrograms");
        servesItsAttempt(spare);
    }

    @Test
    void anAttemptEndsTheRehearsalThatItFinds() throws Exception {
        Path mark = folder.resolve("rehearses");
        Path temporary = Files.createDirectory(folder.resolve("t"));
        Process spare = groom.launchSpare(
                TestJobs.attempt(0), "-Djava.io.tmpdir=" + temporary, "-D" + EndlessRehearsal.MARK + "=" + mark);
        children.add(spare);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(mark));
        assertThat(temporary).isNotEmptyDirectory();
        servesItsAttempt(spare, () -> awaitNothingLeft(spare, temporary));
    }

    @Test
    void aGroomThatIsGoneEndsTheRehearsalToo() throws Exception {
        Path mark = folder.resolve("rehearses");
        Path temporary = Files.createDirectory(folder.resolve("t"));
        Process spare = groom.launchSpare(
                TestJobs.attempt(0), "-Djava.io.tmpdir=" + temporary, "-D" + EndlessRehearsal.MARK + "=" + mark);
        children.add(spare);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(mark));
        spare.getOutputStream().close();
        assertThat(exit(0)).isZero();
        assertThat(temporary).isEmptyDirectory();
        assertThat(Files.readString(attemptFile(0, "stderr"))).isEmpty();
    }

    @Test
    void aRehearsalThatFailsSaysSoInOneLine() throws Exception {
        Process spare = groom.launchSpare(TestJobs.attempt(0), "-Djava.io.tmpdir=" + folder.resolve("no-such-folder"));
        children.add(spare);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !Files.readString(attemptFile(0, "stderr")).isEmpty());
        assertThat(Files.readString(attemptFile(0, "stderr")).lines())
                .singleElement()
                .asString()
                .startsWith("spare: its rehearsal failed: ")
                .contains("no-such-folder");
    }

    /** What is looked at while the attempt runs. */
    private interface Look {
        void look() throws Exception;
    }

    private void servesItsAttempt(Process spare) throws Exception {
        servesItsAttempt(spare, () -> {});
    }

    private void servesItsAttempt(Process spare, Look meanwhile) throws Exception {
        groom.handOver(spare, TestJobs.attempt(0));
        FakeGroom.Talk talk = groom.attached();
        talk.say(new GroomMessage.Attached(assignment(0, 1, "end"), false));
        talk.say(new GroomMessage.Peers(table(List.of(talk))));
        talk.hear(ChildMessage.Finished.class);
        meanwhile.look();
        talk.say(new GroomMessage.EndConfirmed(1));
        assertThat(exit(0)).isZero();
        assertThat(Files.readString(attemptFile(0, "stdout"))).isEqualTo("got 40\n");
        assertThat(Files.readString(attemptFile(0, "stderr"))).isEmpty();
        assertThat(attemptFile(0, "mark")).exists();
    }

    /** Neither threads nor files, open or not, in that folder. */
    private static void awaitNothingLeft(Process spare, Path temporary) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(temporary).isEmptyDirectory();
            assertThat(threads(spare)).contains("\"main\"").doesNotContainIgnoringCase("rehears");
            try (Stream<Path> open = Files.list(Path.of("/proc", "" + spare.pid(), "fd"))) {
                for (Path file : open.toList()) {
                    assertThat(Files.readSymbolicLink(file).toString()).doesNotContain(temporary.toString());
                }
            }
        });
    }

    private static String threads(Process process) throws Exception {
        String jstack =
                Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
        Process told = new ProcessBuilder(jstack, "" + process.pid()).start();
        try (InputStream out = told.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean hasMapped(Process process, Path folder) throws IOException {
        return Files.readString(Path.of("/proc", "" + process.pid(), "maps")).contains(folder.toString());
    }

    @Test
    void aSpareWhoseGroomIsGoneLeaves() throws Exception {
        children.add(groom.launchSpare(TestJobs.attempt(0)));
        children.get(0).getOutputStream().close();
        assertThat(exit(0)).isZero();
        assertThat(attemptFile(0, "mark")).doesNotExist();
    }

    private void start(int tasks, String what, String... options) throws Exception {
        for (int task = 0; task < tasks; task++) {
            children.add(groom.launch(TestJobs.attempt(task), options));
        }
        for (int task = 0; task < tasks; task++) {
            talks.add(groom.attached());
        }
        talks.sort(Comparator.comparing(talk -> talk.attach.attempt()));
        for (int task = 0; task < tasks; task++) {
            assertThat(talks.get(task).attach.token()).isEqualTo("token-" + TestJobs.attempt(task));
            assertThat(talks.get(task).attach.pid())
                    .isEqualTo(children.get(task).pid());
            talks.get(task).say(new GroomMessage.Attached(assignment(task, tasks, what), false));
        }
        for (FakeGroom.Talk talk : talks) {
            talk.say(new GroomMessage.Peers(table(talks)));
        }
    }

    private static TaskAssignment assignment(int task, int tasks, String what) {
        JobSpec spec = TestJobs.of(ChildPrograms.Does.class)
                .tasks(tasks)
                .set("do", what)
                .spec();
        return TestJobs.assignment(task, 1, spec);
    }

    private static PeerTable table(List<FakeGroom.Talk> talks) {
        List<PeerTable.PeerAddress> peers = new ArrayList<>();
        for (FakeGroom.Talk talk : talks) {
            peers.add(new PeerTable.PeerAddress(
                    talk.attach.attempt(), "groom-1", talk.attach.host(), talk.attach.port()));
        }
        return new PeerTable(TestJobs.JOB, 1, "00112233445566778899aabbccddeeff", peers);
    }

    private int exit(int child) throws InterruptedException {
        assertThat(children.get(child).waitFor(20, TimeUnit.SECONDS)).isTrue();
        return children.get(child).exitValue();
    }

    private Path attemptFile(int task, String name) {
        return folder.resolve(TestJobs.attempt(task).toString()).resolve(name);
    }
}
