package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is seen of a process while it becomes another program. */
class ProcessStatTest {
    private static final String ARGUMENT = "-Dbsp.tag=x";

    /** Becomes itself again until its first argument has come down to 1800. */
    private static final String SHELL =
            "n=$1; [ $n -gt 1800 ] || exit 0; exec /bin/sh -c \"$0\" \"$0\" $((n-1)) " + ARGUMENT;

    @Test
    void aProcessHasItsArgumentWhateverItBecomes() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", SHELL, SHELL, "2000", ARGUMENT).start();
        int looks = 0;
        int missed = 0;
        while (process.isAlive()) {
            looks++;
            missed += ProcessStat.mayHaveArgument(process.pid(), ARGUMENT) ? 0 : 1;
        }
        assertThat(process.waitFor()).isZero();
        assertThat(looks).isPositive();
        assertThat(missed).as("missed in %s looks", looks).isZero();
    }

    @Test
    void argumentsMayBeMany() throws Exception {
        String longest = "x".repeat(100_000);
        Process process = new ProcessBuilder("/bin/sh", "-c", "echo; read line", "sh", longest, ARGUMENT).start();
        // while it still becomes the shell it has no arguments
        assertThat(process.getInputStream().read()).isEqualTo('\n');
        assertThat(ProcessStat.hasArgument(process.pid(), longest)).isTrue();
        assertThat(ProcessStat.hasArgument(process.pid(), ARGUMENT)).isTrue();
        process.getOutputStream().close();
        assertThat(process.waitFor()).isOne();
    }
}
