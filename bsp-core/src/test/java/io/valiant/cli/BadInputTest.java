package io.valiant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.valiant.bsp.JobState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs of this module with bad input, and what they say to good one. */
class BadInputTest extends BadInputCases {
    private static final List<String> TABLE = List.of(
            "2 jar",
            "1 jar %/none.jar a.B",
            "1 jar $ a.B",
            "2 job submit --class a.B",
            "1 job submit --jar %/none.jar --class a.B",
            "2 job submit --jar $ --class a.B --tasks many",
            "1 job submit --jar $ --class a.B --jars %/none.jar",
            "1 job submit --jar $ --class a.B --files %/none.txt",
            "1 job submit --jar $ --class a.B --files %",
            "2 job submit --jar $ --class a.B --memory lots",
            "2 job submit --jar $ --class a.B --env K",
            "2 job list --state SLEEPING",
            "2 job list more",
            "2 job status /",
            "1 job status nobody",
            "2 job wait nobody --timeout soon",
            "1 job wait nobody",
            "2 job cancel",
            "1 job cancel ended",
            "2 job kill /",
            "2 job delete /",
            "1 job delete nobody",
            "2 job logs j --stream stdin",
            "1 job logs nobody",
            "1 job logs ended --task 7",
            "2 job counters",
            "1 job counters nobody",
            "2 job supersteps j --last 0",
            "2 job supersteps j --last many",
            "1 job supersteps nobody",
            "2 task list /",
            "1 task list nobody",
            "2 task kill j",
            "2 task fail",
            "2 task stop j_t0",
            "2 task resume j first",
            "2 task resume j",
            "2 task threads j",
            "1 task threads j_t0_a2",
            "2 groom list more",
            "2 groom status /",
            "1 groom status nobody",
            "2 groom drain",
            "1 groom drain nobody",
            "1 groom undrain nobody",
            "1 groom remove nobody",
            "2 master list more",
            "2 master leader more",
            "2 master print-config more",
            "2 conf list more",
            "2 conf check more",
            "2 version more",
            "2 completion more",
            "2 cluster start",
            "2 cluster start --dir %/new --grooms 0",
            "2 cluster start --dir %/new -D bsp.nonsense=1",
            "2 cluster stop",
            "1 cluster status --dir %/none",
            "2 no-such-noun",
            "2 job no-such-verb",
            "2 --no-such-option job list",
            "2 -D bsp.nonsense=1 job list");

    @Override
    protected List<String> table() {
        return TABLE;
    }

    @Override
    protected boolean isOurs(String verb) {
        return true;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job list",
                "job status j",
                "job counters j",
                "job supersteps j",
                "task list j",
                "task threads j_t0_a1",
                "groom list",
                "groom status groom-1",
                "master list",
                "master leader",
                "master print-config",
                "job delete j",
                "conf list",
                "conf check",
                "version"
            })
    void jsonIsOneDocument(String line) throws IOException {
        cluster.jobs.put("j", FakeCluster.status("j", JobState.RUNNING, null));
        int code = BspMain.run(shell(), (line + " --json").split(" "));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(new ObjectMapper().readTree(out.toByteArray())).isNotNull();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void withoutALeaderNobodyLeads() {
        cluster.leads = false;
        assertThat(BspMain.run(shell(), "master", "leader")).isEqualTo(4);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no master leads");
    }

    @Test
    void completionKnowsNounsVerbsAndOptions() {
        assertThat(BspMain.run(shell(), "completion")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("complete -F", "supersteps", "print-config", "--idempotency-key", "bashcompinit");
    }

    @Test
    void sideFilesAndMoreJarsGoWithTheJob() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "");
        Path more = Files.writeString(folder.resolve("b.jar"), "");
        Path one = Files.writeString(folder.resolve("one.txt"), "1");
        Path two = Files.writeString(folder.resolve("two.txt"), "2");
        int code = BspMain.run(
                shell(),
                "job",
                "submit",
                "--jar",
                jar.toString(),
                "--class",
                "a.B",
                "--jars",
                more.toString(),
                "--files",
                one + "," + two);
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(cluster.submitted.get(0).jars()).containsExactly(jar, more);
        assertThat(cluster.submitted.get(0).files()).containsExactly(one, two);
    }
}
