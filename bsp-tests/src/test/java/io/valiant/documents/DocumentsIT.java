package io.valiant.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.system.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what pages of the documentation show: compiles their programs, runs their commands and tests. */
@Timeout(600)
class DocumentsIT {
    @TempDir
    private static Path folder;

    private static Commands commands;

    @BeforeAll
    static void startCluster() throws IOException, InterruptedException {
        commands = new Commands(folder.resolve("c"));
        commands.startCluster();
    }

    @AfterAll
    static void stopCluster() throws IOException, InterruptedException {
        commands.stopCluster();
    }

    @Test
    void dataIsReadAndWrittenAsItSays() throws IOException, InterruptedException {
        Path mine = Files.createDirectory(folder.resolve("data"));
        Document page = Document.of("docs/data.md");
        assertThat(follow(page, mine, PagePrograms.compiled(page, mine))).isGreaterThanOrEqualTo(4);
        // what was staged goes with its job
        Path staging = Path.of(systemDir()).resolve("staging");
        await().atMost(Duration.ofSeconds(30)).until(() -> isEmpty(staging));
    }

    @Test
    void programsAreWrittenAsItSays() throws Exception {
        Path mine = Files.createDirectory(folder.resolve("programs"));
        Document page = Document.of("docs/writing-programs.md");
        PagePrograms programs = PagePrograms.compiled(page, mine);
        assertThat(follow(page, mine, programs)).isGreaterThanOrEqualTo(4);
        assertThat(programs.test()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void aNodeIsTakenOutAndBackAsItSays() throws IOException, InterruptedException {
        followOperators("docs/operations.md", 2);
        JsonNode groom = commands.bsp("groom", "status", "groom-2", "--json").json();
        assertThat(groom.get("state").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void aClusterOfSeveralMachinesIsRunAsItSays() throws IOException, InterruptedException {
        followOperators("docs/running-a-cluster.md", 1);
    }

    /** On the node of the second groom. */
    private static void followOperators(String page, int blocks) throws IOException, InterruptedException {
        try (PageShell shell = inCheckout(Files.createTempDirectory(folder, "operator"))
                .set("BSP_CONF_DIR", folder.resolve("c/conf/groom-2").toString())
                .word("NAME", "groom-2")) {
            shell.follow(Document.of(page));
            assertThat(shell.ran()).isGreaterThanOrEqualTo(blocks);
        }
    }

    @Test
    void aClusterOfOnesOwnIsTriedAsTheFirstPageSays() throws IOException, InterruptedException {
        followWithOwnCluster("README.md", 1);
    }

    @Test
    void oneGetsStartedAsItSays() throws IOException, InterruptedException {
        followWithOwnCluster("docs/getting-started.md", 4);
    }

    /** The page starts a cluster in /tmp/valiant and stops it. */
    private static void followWithOwnCluster(String page, int blocks) throws IOException, InterruptedException {
        Path mine = Files.createTempDirectory(folder, "own");
        // supersteps of the page's longest job, which leaves people the time to kill something
        try (PageShell shell = inCheckout(mine).word("100", "20")) {
            Commands own = new Commands(shell.temporary("valiant"));
            try {
                shell.follow(Document.of(page));
                JsonNode status = own.cluster("status", "--json").json();
                assertThat(status.get("masters").get(0).get("pid").isNull()).isTrue();
            } finally {
                own.cluster("stop");
            }
            assertThat(shell.ran()).isGreaterThanOrEqualTo(blocks);
        }
    }

    /** A shell in a folder that has of the checkout what pages name. */
    private static PageShell inCheckout(Path mine) throws IOException {
        return new PageShell(mine)
                .link("bin", Document.HOME.resolve("bin"))
                .link("conf", Document.HOME.resolve("conf"));
    }

    /** Follows a page for programmers; how many blocks of commands were run. */
    private static int follow(Document page, Path mine, PagePrograms programs)
            throws IOException, InterruptedException {
        try (PageShell shell = new PageShell(mine)
                .set("BSP_CONF_DIR", folder.resolve("c/conf").toString())
                .set("PATH", Document.HOME.resolve("bin") + ":" + System.getenv("PATH"))) {
            programs.pack(shell.work().resolve("examples.jar"));
            shell.follow(page);
            return shell.ran();
        }
    }

    private static boolean isEmpty(Path staging) throws IOException {
        try (Stream<Path> left = Files.list(staging)) {
            return left.findAny().isEmpty();
        }
    }

    private static String systemDir() throws IOException {
        Matcher dir = Pattern.compile("<name>bsp\\.system\\.dir</name>\\s*<value>(?:file://)?([^<]+)</value>")
                .matcher(Files.readString(folder.resolve("c/conf/bsp-site.xml")));
        assertThat(dir.find()).isTrue();
        return dir.group(1);
    }
}
