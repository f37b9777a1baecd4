package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdTextTest {
    /** In the order of ids. */
    private static final List<String> ORDERED = List.of(
            "-18446744073709551616",
            "-9223372036854775808",
            "-10",
            "-9",
            "0",
            "7",
            "10",
            "9223372036854775807",
            "9223372036854775808",
            "+7",
            "-0",
            "007",
            "1.5",
            "A",
            "ATL",
            "a",
            "ä",
            "日本",
            "\uD83D\uDE00");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void numbersCompareByValueAndComeBeforeTextsWhichCompareByBytes() {
        TextIdSet ids = new TextIdSet();
        List<String> shuffled = new ArrayList<>(ORDERED);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(id -> ids.add(bytes(id), 0, bytes(id).length));
        List<String> sorted = new ArrayList<>();
        for (int number : ids.sorted()) {
            sorted.add(ids.text(number));
        }
        assertThat(sorted).isEqualTo(ORDERED);
    }

    @Test
    void onlyWhatLongToStringWouldWriteIsACanonicalLong() {
        List<String> canonical = new ArrayList<>();
        for (String id : ORDERED) {
            if (IdText.isCanonicalLong(bytes(id), 0, bytes(id).length)) {
                canonical.add(id);
            }
        }
        assertThat(canonical)
                .containsExactly("-9223372036854775808", "-10", "-9", "0", "7", "10", "9223372036854775807");
        for (String other : List.of("", "-", "--1", "00", "-01", "1e3", " 1", "99999999999999999999")) {
            assertThat(IdText.isCanonicalLong(bytes(other), 0, bytes(other).length))
                    .as(other)
                    .isFalse();
        }
    }

    @Property
    void longsAreWrittenAsTheyAreRead(@ForAll long value) {
        byte[] text = new byte[IdText.MAX_LONG_BYTES];
        int end = IdText.format(value, text, 0);
        assertThat(new String(text, 0, end, StandardCharsets.UTF_8)).isEqualTo(Long.toString(value));
        assertThat(IdText.isCanonicalLong(text, 0, end)).isTrue();
        assertThat(IdText.parseLong(text, 0, end)).isEqualTo(value);
    }

    /** Partitions, and so the bytes of outputs, follow from it: it may never change. */
    @Test
    void theHashIsFixedForEver() {
        assertThat(IdText.hash(bytes("0"), 0, 1)).isEqualTo(0xc1e42af088ff1b2cL);
        assertThat(IdText.hash(bytes("ATL"), 0, 3)).isEqualTo(0x8a580c60b85f628eL);
    }

    @Test
    void ownersShareIdsEvenly() {
        int[] owned = new int[7];
        byte[] text = new byte[IdText.MAX_LONG_BYTES];
        for (int id = 0; id < 70_000; id++) {
            owned[IdText.owner(IdText.hash(text, 0, IdText.format(id, text, 0)), owned.length)]++;
        }
        for (int count : owned) {
            assertThat(count).isBetween(9_500, 10_500);
        }
    }

    @Test
    void aDictionaryTurnsToTextWithoutChangingNumbers() {
        IdDictionary dictionary = new IdDictionary(IdForm.LONG);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            ids.add(Long.toString(i * 7919L - 1_000_000));
        }
        ids.add("x");
        ids.add("12");
        for (int i = 0; i < ids.size(); i++) {
            assertThat(dictionary.add(bytes(ids.get(i)), 0, bytes(ids.get(i)).length))
                    .isEqualTo(i);
        }
        assertThat(dictionary.ids().form()).isEqualTo(IdForm.TEXT);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(dictionary.ids().text(i)).isEqualTo(ids.get(i));
            assertThat(dictionary.add(bytes(ids.get(i)), 0, bytes(ids.get(i)).length))
                    .isEqualTo(i);
        }
    }
}
