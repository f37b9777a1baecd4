package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.config.BspConfiguration;
import io.valiant.groom.core.JvmOptions;
import io.valiant.protocol.JobSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChildCommandTest {
    private static final JvmOptions CLUSTER = JvmOptions.ofCluster(1L << 30, List.of("-Dcluster=yes"));

    @Test
    void whatUsersGiveIsAnArgumentOfItsOwn() {
        List<String> arguments = arguments(2, "-Da=b c; rm -rf *");
        assertThat(arguments).contains("-Da=b c; rm -rf *", "-Xmx1048576k", "-Dcluster=yes", "-XX:+UseSerialGC");
        assertThat(arguments).endsWith("-cp", "/lib/a.jar:/lib/b.jar", "Main");
        assertThat(arguments.indexOf("-Dcluster=yes")).isLessThan(arguments.indexOf("-Da=b c; rm -rf *"));
    }

    @Test
    void theArchiveOfTheClassPathComesBeforeWhatUsersChoose() {
        List<String> arguments = arguments(2, "-Xshare:off");
        assertThat(arguments).contains("-XX:SharedArchiveFile=/archives/child.jsa", "-Xlog:cds*=off");
        assertThat(arguments.indexOf("-XX:SharedArchiveFile=/archives/child.jsa"))
                .isLessThan(arguments.indexOf("-Xshare:off"));
        assertThat(arguments(2, "-XX:+UseZGC")).doesNotContain("-XX:SharedArchiveFile=/archives/child.jsa");
    }

    @Test
    void aChosenCollectorStaysAlone() {
        assertThat(arguments(2, "-XX:+UseParallelGC")).doesNotContain("-XX:+UseSerialGC");
        assertThat(arguments(16, "-Dx=y")).doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void theHeapBeginsSmallUnlessTheUserSaysSomethingOfSizes() {
        assertThat(arguments(2, "-Dx=y")).contains("-Xms65536k");
        for (String option : List.of("-Xms1g", "-Xmn8m", "-Xmx16m", "-XX:NewSize=8m", "-XX:InitialRAMPercentage=50")) {
            assertThat(arguments(2, option)).as(option).doesNotContain("-Xms65536k");
        }
        assertThat(arguments(16, "-Dx=y")).doesNotContain("-Xms65536k");
    }

    @Test
    void whereProcessorsAreFewTheCompilerWaitsUnlessTheUserSaysHowLong() {
        List<String> arguments = arguments(2, "-XX:Tier4CompileThreshold=7");
        assertThat(arguments).contains("-XX:Tier4BackEdgeThreshold=1280000");
        assertThat(arguments.indexOf("-XX:Tier4CompileThreshold=960000"))
                .as("the last one holds")
                .isBetween(0, arguments.indexOf("-XX:Tier4CompileThreshold=7"));
        assertThat(arguments(16, "-Dx=y"))
                .noneMatch(argument -> argument.startsWith("-XX:Tier4"))
                .noneMatch(argument -> argument.contains("CompileThresholdScaling"));
    }

    @Test
    void whatTheCompilerIsToldItUnderstandsInSilence() throws Exception {
        for (int processors : new int[] {2, 16}) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            arguments(processors, "-Dx=y").stream()
                    .filter(argument -> argument.startsWith("-XX:CompileCommand"))
                    .forEach(command::add);
            command.add("-version");
            assertThat(command).hasSizeGreaterThan(3);
            Process java = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(java.getInputStream().readAllBytes()).asString().isEmpty();
            assertThat(java.waitFor()).isZero();
        }
    }

    @Test
    void theEnvironmentIsCleanButForWhatIsNeededAndTheJobs() {
        Map<String, String> environment = ChildCommand.environment(
                JvmOptions.of(spec("-Dx=y"), CLUSTER),
                Map.of("PATH", "/usr/bin", "HOME", "/home/u", "SECRET", "s", "JAVA_TOOL_OPTIONS", "-Dx"));
        assertThat(environment).containsOnlyKeys("PATH", "HOME", "MODE").containsEntry("HOME", "/elsewhere");
    }

    private static List<String> arguments(int processors, String option) {
        BspConfiguration configuration = BspConfiguration.defaults();
        LaunchConfig config = new LaunchConfig(
                Path.of("/jdk/bin/java"),
                List.of(Path.of("/lib/a.jar"), Path.of("/lib/b.jar")),
                Optional.of(Path.of("/archives/child.jsa")),
                "Main",
                "unix:/x",
                Optional.empty(),
                configuration,
                CLUSTER,
                processors);
        return ChildCommand.arguments(
                config, JvmOptions.of(spec(option), CLUSTER), "tag", new ChildFiles(Path.of("/attempt")));
    }

    private static JobSpec spec(String option) {
        return new JobSpec(
                "job",
                "user",
                null,
                null,
                "bsp",
                "Program",
                null,
                null,
                List.of(),
                1,
                List.of(),
                null,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(Map.of("MODE", "fast", "HOME", "/elsewhere")),
                new TreeMap<>(),
                1L << 30,
                List.of(option),
                0,
                null,
                3,
                10);
    }
}
