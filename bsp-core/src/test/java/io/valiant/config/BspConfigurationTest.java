package io.valiant.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BspConfigurationTest {
    @TempDir
    private Path folder;

    private static SortedMap<String, String> values(String... namesAndValues) {
        SortedMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static BspConfiguration of(String... namesAndValues) throws ConfigurationException {
        return BspConfiguration.of("test", values(namesAndValues));
    }

    @Test
    void timesOutOfOrderAreRefusedWithTheFormula() {
        assertThatThrownBy(() -> of("bsp.groom.heartbeat.interval", "3s"))
                .hasMessage("test: 3 x bsp.groom.heartbeat.interval <= bsp.groom.self.fence must hold, but 9s > 7s");
        assertThatThrownBy(() -> of("bsp.groom.expiry", "7s", "bsp.task.orphan.timeout", "8s"))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.problems())
                        .containsExactly(
                                "bsp.groom.self.fence + bsp.groom.heartbeat.interval <= bsp.groom.expiry must hold, but 7500ms > 7s",
                                "bsp.task.orphan.timeout <= bsp.groom.self.fence must hold, but 8s > 7s"));
    }

    @Test
    void aChildMustHearOfItsGroomTwiceBeforeItTakesItForSilent() {
        assertThatThrownBy(() -> of("bsp.task.orphan.timeout", "1500ms"))
                .hasMessage("test: 2 x bsp.task.ping.interval <= bsp.task.orphan.timeout must hold, but 2s > 1500ms");
    }

    @Test
    void aShortSelfFenceShortensTheOrphanTimeout() throws Exception {
        assertThat(BspConfiguration.defaults().get(Keys.TASK_ORPHAN_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(of("bsp.groom.self.fence", "2s").get(Keys.TASK_ORPHAN_TIMEOUT))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void peersAreReachedAtTheGroomsHost() throws Exception {
        assertThat(of("bsp.groom.rpc.address", "10.0.0.1:5").get(Keys.PEER_ADDRESS))
                .isEqualTo(new HostPort("10.0.0.1", 0));
    }

    @Test
    void serversForOtherMachinesNeedAuthenticationOrAWord() throws Exception {
        BspConfiguration open =
                of("bsp.groom.rpc.address", "0.0.0.0:50000", "bsp.master.rpc.address", "10.0.0.1:40000");
        assertThatThrownBy(() -> open.checkServers(EnumSet.of(Role.GROOM)))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.problems())
                        .hasSize(2)
                        .first()
                        .isEqualTo(
                                "bsp.groom.rpc.address would be bound to 0.0.0.0, which other machines can reach without"
                                        + " authentication; set bsp.security.insecure=true to allow it"));
        of("bsp.groom.rpc.address", "0.0.0.0:50000", "bsp.security.insecure", "true")
                .checkServers(BspConfiguration.daemons());
        of("bsp.groom.rpc.address", "10.0.0.1:50000", "bsp.bind.host", "127.0.0.1")
                .checkServers(EnumSet.of(Role.GROOM));
        BspConfiguration.defaults().checkServers(BspConfiguration.daemons());
    }

    @Test
    void theSiteFileIsReadOverDefaultsAndUnderOverrides() throws Exception {
        SiteFile.write(
                folder,
                values(
                        "bsp.tasks.maximum",
                        "5",
                        "bsp.groom.name",
                        "a",
                        "fs.x",
                        "<&>",
                        "bsp.local.dir",
                        "${user.home}/b"));
        BspConfiguration c = SiteFile.load(folder, values("bsp.groom.name", "b"));
        assertThat(c.get(Keys.TASKS_MAXIMUM)).isEqualTo(5);
        assertThat(c.get(Keys.GROOM_NAME)).isEqualTo("b");
        assertThat(c.get(Keys.LOCAL_DIR)).isEqualTo(System.getProperty("user.home") + "/b");
        assertThat(c.get(Keys.TASK_MAX_ATTEMPTS)).isEqualTo(3);
        assertThat(c.hadoop()).isEqualTo(values("fs.x", "<&>"));
    }

    @Test
    void aFolderWithoutSiteFileGivesDefaultsButAMissingFolderIsAnError() throws Exception {
        assertThat(SiteFile.load(folder, values()).given()).isEmpty();
        assertThatThrownBy(() -> SiteFile.load(folder.resolve("none"), values()))
                .hasMessageContaining("no such folder");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws Exception {
        SiteFile.write(folder, values("bsp.tasks.maxmum", "5", "bsp.groom.expiry", "soon"));
        assertThatThrownBy(() -> SiteFile.load(folder, values("bsp.task.memory", "-1")))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.problems())
                        .hasSize(3))
                .hasMessageContaining("did you mean bsp.tasks.maximum?")
                .hasMessageStartingWith(folder.resolve(SiteFile.NAME) + ": ");
    }

    @Test
    void brokenXmlAndInclusionAreRefused() throws Exception {
        assertUnreadable("<configuration><property><name>bsp.x</name>");
        assertUnreadable("<configuration xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
                + "<xi:include href=\"/etc/passwd\"/></configuration>");
        assertUnreadable("<!DOCTYPE c [<!ENTITY e SYSTEM \"/etc/hostname\">]>"
                + "<configuration><property><name>bsp.groom.name</name><value>&e;</value></property></configuration>");
    }

    private void assertUnreadable(String xml) throws Exception {
        Files.writeString(folder.resolve(SiteFile.NAME), xml);
        assertThatThrownBy(() -> SiteFile.load(folder, values()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be read")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aJobsValuesWinOverTheClusters() throws Exception {
        BspConfiguration c = of("bsp.task.max.attempts", "5").withJob(values("bsp.task.max.attempts", "1"));
        assertThat(c.get(Keys.TASK_MAX_ATTEMPTS)).isEqualTo(1);
        assertThatThrownBy(() -> c.withJob(values("bsp.tasks.maximum", "1"))).hasMessageContaining("is the cluster's");
    }
}
