package io.valiant.documents;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page says that commands print, against what they have printed. Ids of clusters, numbers of attempts and grooms, times,
 * processes, ports and milliseconds are others in each run, and colours are not compared; {@code …} on the page stands for the
 * rest of what may be other: within a line for anything, alone in a line for any lines. The page may begin behind the first lines.
 */
final class ShownOutput {
    private static final String ANY = "…";

    /** Pairs: what differs from run to run, and what is compared instead. */
    private static final List<String[]> DIFFERENT = List.of(
            new String[] {"\u001b\\[[0-9;]*m", ""},
            new String[] {"job_[0-9a-z]+_(\\d+)", "job_x_$1"},
            new String[] {"_t(\\d+)_a\\d+", "_t$1_aN"},
            new String[] {"groom-\\d+", "groom-N"},
            new String[] {"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME"},
            new String[] {"127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"},
            new String[] {"(?m)(?<=  )\\d+\\.\\d{3}(?=  |$)", "MS"},
            new String[] {"(?m)(?<=  )\\d{3,}(?=  |$)", "NUMBER"},
            new String[] {" {2,}", "  "},
            new String[] {"(?m) +$", ""});

    private ShownOutput() {}

    static boolean agrees(String shown, String printed) {
        StringBuilder pattern = new StringBuilder("(?s)(?:.*\\n)?");
        for (String line : comparable(shown).split("\n")) {
            if (line.equals(ANY)) {
                pattern.append("(?:[^\\n]*\\n)*?");
                continue;
            }
            String[] parts = line.split(ANY, -1);
            for (int i = 0; i < parts.length; i++) {
                pattern.append(i == 0 ? "" : "[^\\n]*").append(Pattern.quote(parts[i]));
            }
            pattern.append("\\n");
        }
        return Pattern.matches(pattern.toString(), comparable(printed));
    }

    private static String comparable(String output) {
        String text = output;
        for (String[] each : DIFFERENT) {
            text = text.replaceAll(each[0], each[1]);
        }
        return text;
    }
}
