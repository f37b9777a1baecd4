package io.valiant.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusJsonTest {
    record Wish(String name, Integer count, SortedMap<String, String> settings, List<String> words) {}

    private static Wish read(String json) {
        return StatusJson.readStrictly(json.getBytes(StandardCharsets.UTF_8), Wish.class);
    }

    @Test
    void whatIsLeftOutAndWhatIsNullIsTheSame() {
        assertThat(read("{\"name\":null,\"settings\":null}")).isEqualTo(read("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"settings\":{\"a\":\"b\",\"c\":null}} | \"settings\".\"c\": null is no value there; leave it out (line 1, column ",
                "{\"words\":[\"a\",null]} | \"words\".[1]: null is no value there; leave it out (line 1, column ",
                "{ | not JSON: Unexpected end-of-input: expected close marker for Object (start marker at line 1, column 1) (line 1, column 2)",
                "{\"name\":} | not JSON: Unexpected character ('}' (code 125)): expected a valid value",
                "{\"nane\":1} | \"nane\" is not known; there are [",
                "{\"count\":\"many\"} | \"count\": Cannot deserialize value of type `Integer` from String \"many\"",
                "{} {} | Trailing token",
                "null | null is not a document"
            })
    void whatIsWrongIsToldInOneSentenceWithItsPlace(String json, String told) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(told)
                .message()
                .doesNotContain("Source:", "REDACTED", "\n");
    }

    @Test
    void namesAreToldInOneLineOfBoundedLength() {
        assertThatThrownBy(() -> read("{\"a\\nb\":1}"))
                .message()
                .startsWith("\"a?b\" is not known")
                .doesNotContain("\n");
        assertThatThrownBy(() -> read("{\"" + "a".repeat(5000) + "\":1}"))
                .message()
                .hasSizeLessThan(2000);
    }
}
