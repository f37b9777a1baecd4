package io.valiant.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ReferenceEquality") // a key is itself
class KeysTest {
    private static final SortedMap<String, String> DEFAULTS = new TreeMap<>();

    static {
        String text =
                """
                bsp.master.rpc.address 127.0.0.1:40000
                bsp.master.http.address 127.0.0.1:40013
                bsp.groom.name -
                bsp.groom.rpc.address 127.0.0.1:50000
                bsp.groom.http.address 127.0.0.1:40015
                bsp.groom.report.address unix:
                bsp.groom.labels
                bsp.tasks.maximum 3
                bsp.peer.address -
                bsp.peer.transport auto
                bsp.bind.host -
                bsp.local.dir ${java.io.tmpdir}/bsp-${user.name}
                bsp.system.dir ${user.home}/.bsp/system
                bsp.master.state.dir ${user.home}/.bsp/master
                bsp.task.max.attempts 3
                bsp.job.max.rollbacks 10
                bsp.groom.heartbeat.interval 500ms
                bsp.groom.expiry 10s
                bsp.groom.self.fence 7s
                bsp.groom.orphan.timeout 10m
                bsp.groom.disk.check.interval 5s
                bsp.groom.disk.min.free 1g
                bsp.task.orphan.timeout -
                bsp.task.ping.interval 1s
                bsp.task.ping.timeout 5s
                bsp.task.kill.grace 2s
                bsp.task.java.opts
                bsp.task.memory 1g
                bsp.task.threads 1
                bsp.master.retention.jobs 10000
                bsp.message.memory.fraction 0.3
                bsp.message.max.bytes 1g
                bsp.fs.retry.window 60s
                bsp.checkpoint.interval 0
                bsp.checkpoint.period 60s
                bsp.checkpoint.keep 2
                bsp.groom.spare.children 1
                bsp.groom.blacklist.failures 5
                bsp.groom.blacklist.period 10m
                bsp.task.progress.timeout off
                bsp.job.backoff.initial 5s
                bsp.job.backoff.max 5m
                bsp.job.backoff.multiplier 1.2
                bsp.job.backoff.reset 10m
                bsp.job.backoff.max.tries 600
                bsp.client.timeout 30s
                bsp.log.attempt.max.bytes 64m
                bsp.upload.max.bytes 512m
                bsp.security.insecure false
                """;
        text.lines().map(line -> line.split(" ", 2)).forEach(p -> DEFAULTS.put(p[0], p.length == 1 ? "" : p[1]));
    }

    @Test
    void everyKeyHasItsDefaultAndNoOtherKeyExists() {
        SortedMap<String, String> found = new TreeMap<>();
        Keys.all().forEach(key -> found.put(key.name(), key.defaultText() == null ? "-" : key.defaultText()));
        assertThat(found).isEqualTo(DEFAULTS);
    }

    @Test
    void everyDefaultIsAGoodValueAndEveryKeyIsExplained() {
        BspConfiguration defaults = BspConfiguration.defaults();
        for (Key<?> key : Keys.all()) {
            if (!key.equals(Keys.BIND_HOST)) {
                assertThat(defaults.get(key)).as(key.name()).isNotNull();
            }
            assertThat(key.meaning()).as(key.name()).isNotBlank().doesNotContain("\n");
            assertThat(key.roles()).as(key.name()).isNotEmpty();
            assertThat(Keys.find(key.name())).contains(key);
        }
    }

    @Test
    void valuesAreRead() throws Exception {
        SortedMap<String, String> given = new TreeMap<>();
        given.put("bsp.master.rpc.address", "[::1]:7");
        given.put("bsp.groom.heartbeat.interval", " 200ms ");
        given.put("bsp.groom.disk.min.free", "64K");
        given.put("bsp.groom.labels", "zone=a, disk=ssd");
        given.put("bsp.task.java.opts", "-Xss1m  -Dx=y");
        given.put("bsp.groom.report.address", "127.0.0.1:50001");
        given.put("bsp.security.insecure", "true");
        given.put("bsp.message.memory.fraction", "0.5");
        BspConfiguration c = BspConfiguration.of("test", given);
        assertThat(c.get(Keys.MASTER_RPC_ADDRESS))
                .isEqualTo(new HostPort("::1", 7))
                .hasToString("[::1]:7");
        assertThat(c.get(Keys.GROOM_HEARTBEAT_INTERVAL)).isEqualTo(Duration.ofMillis(200));
        assertThat(c.get(Keys.GROOM_DISK_MIN_FREE)).isEqualTo(65536);
        assertThat(c.get(Keys.GROOM_LABELS))
                .containsEntry("zone", "a")
                .containsEntry("disk", "ssd")
                .hasSize(2);
        assertThat(c.get(Keys.TASK_JAVA_OPTS)).containsExactly("-Xss1m", "-Dx=y");
        assertThat(c.get(Keys.GROOM_REPORT_ADDRESS)).contains(new HostPort("127.0.0.1", 50001));
        assertThat(c.get(Keys.SECURITY_INSECURE)).isTrue();
        assertThat(c.get(Keys.MESSAGE_MEMORY_FRACTION)).isEqualTo(0.5);
        assertThat(BspConfiguration.defaults().get(Keys.GROOM_REPORT_ADDRESS)).isEqualTo(Optional.empty());
    }

    @Test
    void badValuesSayWhatIsWanted() {
        SortedMap<String, String> bad = new TreeMap<>();
        bad.put("bsp.groom.expiry", "10");
        bad.put("bsp.groom.self.fence", "199ms");
        bad.put("bsp.task.memory", "1x");
        bad.put("bsp.tasks.maximum", "0");
        bad.put("bsp.master.rpc.address", "here");
        bad.put("bsp.master.http.address", "h:65536");
        bad.put("bsp.security.insecure", "yes");
        bad.put("bsp.message.memory.fraction", "1");
        bad.put("bsp.message.max.bytes", "99999999999999g");
        bad.put("bsp.groom.labels", "zone");
        bad.put("bsp.local.dir", "here");
        bad.put("bsp.groom.expiri", "1s");
        bad.put("bsp.nothing.like.it", "1");
        bad.put("fs.defaultFS", "file:///");
        List<String> problems = Keys.problems(bad);
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "bsp.groom.expiry = '10' is not a duration (write 500ms, 10s, 5m, 1h or 1d)",
                        "bsp.groom.self.fence = '199ms' is not between 200ms and 1d",
                        "bsp.task.memory = '1x' is not a number of bytes (write 1048576, 64k, 512m or 1g)",
                        "bsp.tasks.maximum = '0' is not between 1 and 10000",
                        "bsp.master.rpc.address = 'here' is not an address of the form host:port",
                        "bsp.master.http.address = 'h:65536' has a port above 65535",
                        "bsp.security.insecure = 'yes' is neither true nor false",
                        "bsp.message.memory.fraction = '1' is not between 0.01 and 0.9",
                        "bsp.message.max.bytes = '99999999999999g' is more bytes than can be counted",
                        "bsp.groom.labels = 'zone' is not a list of name=value separated by commas",
                        "bsp.local.dir = 'here' is not an absolute path",
                        "unknown key bsp.groom.expiri; did you mean bsp.groom.expiry?",
                        "unknown key bsp.nothing.like.it");
    }

    @Test
    void aJobMayBringOnlyWhatIsOpenToJobs() {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("bsp.task.max.attempts", "1");
        assertThat(Keys.jobProblems(values)).isEmpty();
        values.put("bsp.groom.expiry", "20s");
        values.put("fs.defaultFS", "hdfs://elsewhere/");
        assertThat(Keys.jobProblems(values))
                .containsExactly(
                        "bsp.groom.expiry is the cluster's and cannot be given for one job",
                        "unknown key fs.defaultFS");
    }

    @Test
    void durationsAreWrittenInTheLargestExactUnit() {
        for (String text : List.of("0ms", "200ms", "1500ms", "5s", "90s", "10m")) {
            assertThat(KeyType.writeDuration(KeyType.readDuration(text))).isEqualTo(text);
        }
    }

    @Test
    void aDurationThatCannotBeCountedIsABadValueAsOthersAre() {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("bsp.groom.expiry", "999999999999999d");
        assertThat(Keys.problems(values)).hasSize(1).first().asString().contains("bsp.groom.expiry");
    }
}
