package io.valiant.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.valiant.system.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Goes the way of {@code docs/tutorial.md} as somebody who has never seen Valiant: a Maven project of one's own, outside it. */
@Timeout(600)
class TutorialIT {
    @TempDir
    private Path folder;

    @Test
    void everythingInTheTutorialWorksAsItSays() throws IOException, InterruptedException {
        Optional<ScratchMaven> maven = ScratchMaven.in(folder.resolve("maven"));
        if (maven.isEmpty()) {
            System.out.println("TutorialIT is skipped: no mvn on the PATH");
        }
        assumeTrue(maven.isPresent(), "no mvn on the PATH");
        try (PageShell shell = new PageShell(folder)
                .set("PATH", maven.get().programs() + ":" + System.getenv("PATH"))
                .link("valiant", Document.HOME)) {
            Commands cluster = new Commands(shell.temporary("cluster"));
            try {
                shell.follow(Document.of("docs/tutorial.md"));
            } finally {
                cluster.cluster("stop");
            }
            assertThat(shell.ran()).isGreaterThanOrEqualTo(8);
        }
    }
}
