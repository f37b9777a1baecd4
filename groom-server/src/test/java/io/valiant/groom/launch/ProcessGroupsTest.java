package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which groups are killed, by a process that leads one. */
class ProcessGroupsTest {
    private Process leader;
    private ProcessStat stat;

    @BeforeEach
    void start() throws Exception {
        leader = new ProcessBuilder(SystemCommands.find("setsid"), SystemCommands.find("sleep"), "600").start();
        await().until(() -> ProcessStat.of(leader.pid()).orElseThrow().group() == leader.pid());
        stat = ProcessStat.of(leader.pid()).orElseThrow();
    }

    @AfterEach
    void end() {
        leader.destroyForcibly();
    }

    @Test
    void whatIsLeftOfAGroupIsKilled() throws Exception {
        assertThat(ProcessGroups.killMembers(new ProcessName(leader.pid(), stat.start(), "tag")))
                .isTrue();
        assertThat(leader.waitFor()).isEqualTo(SignalNames.SHELL_OFFSET + 9);
        assertThat(ProcessGroups.killMembers(new ProcessName(leader.pid(), stat.start(), "tag")))
                .isFalse();
    }

    @Test
    void aGroupThatHasGotTheNumberSinceIsLeftAlone() throws Exception {
        assertThat(ProcessGroups.killMembers(new ProcessName(leader.pid(), stat.start() - 1, "tag")))
                .isFalse();
        assertThat(leader.isAlive()).isTrue();
    }
}
