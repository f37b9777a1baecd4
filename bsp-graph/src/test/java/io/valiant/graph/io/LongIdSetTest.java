package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LongIdSetTest {
    @Test
    void smallIdsAreTheirOwnNumbersUntilAnotherComes() {
        LongIdSet ids = new LongIdSet(1000);
        assertThat(ids.add(7)).isEqualTo(7);
        assertThat(ids.add(300)).isEqualTo(300);
        assertThat(ids.add(7)).isEqualTo(7);
        assertThat(ids.size()).isEqualTo(301);
        assertThat(ids.count()).isEqualTo(2);
        assertThat(ids.add(-4)).isEqualTo(301);
        assertThat(ids.add(1000)).isEqualTo(302);
        // Not below those that are their own numbers any more.
        assertThat(ids.add(999)).isEqualTo(303);
        assertThat(ids.add(12)).isEqualTo(12);
        assertThat(ids.add(-4)).isEqualTo(301);
        assertThat(ids.has(8)).isFalse();
        assertThat(ids.has(12)).isTrue();
        assertThat(ids.find(8)).isEqualTo(-1);
        assertThat(ids.find(998)).isEqualTo(-1);
        assertThat(ids.longId(303)).isEqualTo(999);
        assertThat(ids.sorted()).containsExactly(301, 7, 12, 300, 303, 302);
    }

    @Property(tries = 300)
    void whateverComesEveryIdKeepsItsNumber(@ForAll long seed) {
        Random random = new Random(seed);
        LongIdSet ids = new LongIdSet(random.nextInt(3) * 500);
        Map<Long, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < 2000; i++) {
            long id = random.nextInt(50) == 0 ? random.nextLong() : random.nextInt(random.nextBoolean() ? 400 : 3000);
            Integer before = numbers.putIfAbsent(id, ids.add(id));
            assertThat(ids.add(id)).isEqualTo(before == null ? numbers.get(id) : before);
        }
        assertThat(ids.count()).isEqualTo(numbers.size());
        List<Long> sorted = new ArrayList<>();
        for (int number : ids.sorted()) {
            sorted.add(ids.longId(number));
        }
        assertThat(sorted).isEqualTo(new ArrayList<>(new TreeSet<>(numbers.keySet())));
        TextIdSet texts = ids.toText();
        LongIdSet reordered = ids.reordered(ids.sorted());
        numbers.forEach((id, number) -> {
            assertThat(ids.find(id)).isEqualTo(number);
            assertThat(ids.has(number)).isTrue();
            assertThat(texts.text(number)).isEqualTo(Long.toString(id));
            assertThat(reordered.find(id)).isEqualTo(Collections.binarySearch(sorted, id));
        });
        assertThat(texts.count()).isEqualTo(numbers.size());
        assertThat(texts.size()).isEqualTo(ids.size());
        assertThat(texts.sorted()).isEqualTo(ids.sorted());
        assertThat(reordered.find(1L << 40)).isEqualTo(-1);
    }

    @Property
    void theHashIsThatOfTheText(@ForAll long one, @ForAll @LongRange(min = 0, max = 2000) long small) {
        LongIdSet ids = new LongIdSet();
        for (long id : new long[] {one, one ^ 1, small, small + 1, small + 10, one}) {
            byte[] text = Long.toString(id).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(ids.hash(ids.add(id))).isEqualTo(IdText.hash(text, 0, text.length));
        }
    }
}
