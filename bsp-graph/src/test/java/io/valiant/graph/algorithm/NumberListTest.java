package io.valiant.graph.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NumberListTest {
    private static NumberList list(long... numbersAndCounts) {
        NumberList list = new NumberList();
        for (int i = 0; i < numbersAndCounts.length; i += 2) {
            list.add(numbersAndCounts[i], numbersAndCounts[i + 1]);
        }
        return list;
    }

    private static byte[] written(NumberList list) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        list.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void readsWhatItWrote(int bytes, long... numbersAndCounts) throws IOException {
        byte[] written = written(list(numbersAndCounts));
        assertThat(written).hasSize(bytes);
        // filled before with more than it gets now
        NumberList read = list(1, 1, 2, 2, 3, 900, 4, 1, 5, 1, 6, 1);
        read.readFields(new DataInputStream(new ByteArrayInputStream(written)));
        assertThat(read.size()).isEqualTo(numbersAndCounts.length / 2);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.number(i)).isEqualTo(numbersAndCounts[2 * i]);
            assertThat(read.count(i)).isEqualTo(numbersAndCounts[2 * i + 1]);
        }
        assertThat(written(read)).isEqualTo(written);
    }

    @Test
    void numbersThatFitTakeAnIntEach() throws Exception {
        readsWhatItWrote(4);
        readsWhatItWrote(4 + 3 * 4, 0, 1, 7, 2, Integer.MAX_VALUE >> 1, 2);
    }

    @Test
    void otherNumbersAndCountsComeThroughToo() throws Exception {
        readsWhatItWrote(4 + 2 * 16, 3, 1, (Integer.MAX_VALUE >> 1) + 1L, 2);
        readsWhatItWrote(4 + 2 * 16, 3, 3, 9, 1L << 40);
    }

    @Test
    void aTableFindsWhatIsInTheListOnly() {
        NumberTable table = new NumberTable();
        for (int size : new int[] {0, 1, 5, 1000, 3}) {
            NumberList list = new NumberList();
            for (int i = 0; i < size; i++) {
                list.add(3L * i, 1);
            }
            table.fill(list);
            for (int i = 0; i < 3 * size + 3; i++) {
                assertThat(table.find(i)).isEqualTo(i % 3 == 0 && i < 3 * size ? i / 3 : -1);
            }
        }
    }
}
