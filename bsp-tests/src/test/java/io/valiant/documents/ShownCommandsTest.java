package io.valiant.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on every page has a noun, a verb and options that there are. */
class ShownCommandsTest {
    @Test
    void allPagesShowCommandsThatThereAre() throws IOException {
        List<String> problems = new ArrayList<>();
        int count = 0;
        for (Document page : Document.all()) {
            ShownCommands commands = ShownCommands.of(page);
            problems.addAll(commands.problems());
            count += commands.count();
        }
        assertThat(problems).isEmpty();
        assertThat(count).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bin/bsp job list --stat RUNNING",
                "bin/bsp job submit --jar a.jar",
                "bin/bsp job",
                "bin/bsp jobs list",
                "bin/bsp task end ATTEMPT",
                "bin/bsp example pi --tasks four",
                "bin/start-groom.sh --conf DIR",
                "bin/start-all.sh",
                "BSP_CONF_DIR=x bin/nothing",
                "bin/quickstart --keeps",
                "bin/simulate --sides 3",
                "bin/bsp job list | grep 'x' && bin/bsp job wait"
            })
    void wrongOnesAreFound(String command) throws IOException {
        assertThat(problems(new Block(Block.SHELL, command + "\n", 1, Map.of())))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bin/bsp job list --state RUNNING --json   # all of them",
                "BSP_CONF_DIR=x bin/bsp groom list",
                "bin/bsp job submit --jar a.jar \\\n  --class 'org.example.A' -- --its own",
                "bin/bsp job status --help",
                "bin/start-groom.sh --config DIR --foreground",
                "bin/chaos groom.kill --log F",
                "printf 'bin/bsp x\\n' > bin.txt"
            })
    void rightOnesAreNot(String command) throws IOException {
        assertThat(problems(new Block(Block.SHELL, command + "\n", 1, Map.of())))
                .isEmpty();
    }

    @Test
    void commandsInTextMayBeShort() throws IOException {
        Document page = new Document("a page", List.of(), List.of("job status ID", "bin/bsp task kill", "task kill A"));
        assertThat(ShownCommands.of(page).problems()).isEmpty();
        assertThat(ShownCommands.of(page).count()).isEqualTo(3);
        Document wrong = new Document("a page", List.of(), List.of("job status ID --jason", "bin/bsp task ends A"));
        assertThat(ShownCommands.of(wrong).problems()).hasSize(2);
    }

    private static List<String> problems(Block block) throws IOException {
        return ShownCommands.of(new Document("a page", List.of(block), List.of()))
                .problems();
    }
}
