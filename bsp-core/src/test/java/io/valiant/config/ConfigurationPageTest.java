package io.valiant.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md tells every key as it is. {@code -Dpages.write=true} writes it anew. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void thePageTellsEveryKey() throws IOException {
        String page = page();
        if (Boolean.getBoolean("pages.write")) {
            Files.writeString(PAGE, page, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
                .as("docs/configuration.md; run this test with -Dpages.write=true to write it anew")
                .isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                """
                # Configuration

                Made of the keys in `io.valiant.config.Keys` by `ConfigurationPageTest`; do not edit. `bin/bsp conf list` prints the same,
                `bin/bsp conf check` finds unknown keys and bad values.

                Keys go into `bsp-site.xml` in the folder of the configuration; `-D key=value` overrides for one command, and, where a job
                may have its own value, for one job. Keys without `bsp.` (`fs.*`, `dfs.*`) are handed to Hadoop's file systems.

                | key | default | unit, range | read by | a job's own | meaning |
                |---|---|---|---|---|---|
                """);
        for (Key<?> key : Keys.all()) {
            String unit = List.of(
                            key.type().name(), key.type().unit(), key.type().range())
                    .stream()
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(", "));
            String roles = key.roles().stream()
                    .map(role -> role.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            String value = key.defaultMeaning().isEmpty() ? "(empty)" : key.defaultMeaning();
            page.append("| `")
                    .append(key.name())
                    .append("` | ")
                    .append(cell(value))
                    .append(" | ")
                    .append(cell(unit));
            page.append(" | ").append(roles).append(" | ").append(key.perJob() ? "yes" : "");
            page.append(" | ").append(cell(key.meaning())).append(" |\n");
        }
        return page.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
