package io.valiant.master.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.GroomId;
import io.valiant.master.schedule.Separation.Ties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeparationTest {
    private final TreeMap<GroomId, Ties> ties = new TreeMap<>();

    private static GroomView groom(String name, int slots, int free) {
        return new GroomView(new GroomId(name), slots, free, new TreeMap<>(Collections.singletonMap("name", name)), 0);
    }

    private static GroomView groom(String name, int slots) {
        return groom(name, slots, slots);
    }

    /** Pairs such as {@code a-b c-d}. */
    private static List<GroomPair> pairs(String text) {
        List<GroomPair> pairs = new ArrayList<>();
        for (String pair : text.split(" ")) {
            String[] names = pair.split("-");
            pairs.add(GroomPair.of(new GroomId(names[0]), new GroomId(names[1])));
        }
        return pairs;
    }

    private String leftOut(String apart, int tasks, GroomView... cluster) {
        return new Separation(pairs(apart), Selector.ANY, tasks, ties)
                .leftOut(List.of(cluster))
                .toString();
    }

    private void tie(String groom, int held, int avoiding, int staying) {
        ties.put(new GroomId(groom), new Ties(held, avoiding, staying));
    }

    @Test
    void ofAPairOneIsLeftOut() {
        assertThat(leftOut("b-a", 2, groom("a", 2), groom("b", 2))).isEqualTo("[a]");
        assertThat(leftOut("b-a", 2, groom("a", 2), groom("c", 2))).isEqualTo("[]");
    }

    @Test
    void whoIsInMorePairsGoesFirst() {
        assertThat(leftOut("a-c b-c c-d", 2, groom("a", 2), groom("b", 2), groom("c", 2), groom("d", 2)))
                .isEqualTo("[c]");
    }

    @Test
    void twoHalvesOfAClusterAreKeptApart() {
        assertThat(leftOut("a-x a-y b-x b-y", 4, groom("a", 2), groom("b", 2), groom("x", 2), groom("y", 2)))
                .isEqualTo("[a, b]");
    }

    @Test
    void whoHasLessRoomGoesFirst() {
        assertThat(leftOut("a-b", 2, groom("a", 3, 2), groom("b", 3, 1))).isEqualTo("[b]");
    }

    @Test
    void whereFewerJvmsStayGoesFirst() {
        tie("a", 0, 0, 2);
        tie("b", 0, 0, 1);
        assertThat(leftOut("a-b", 2, groom("a", 3, 1), groom("b", 3, 2))).isEqualTo("[b]");
    }

    @Test
    void whomTasksAvoidGoesFirst() {
        tie("a", 0, 0, 0);
        tie("b", 0, 1, 2);
        assertThat(leftOut("a-b", 2, groom("a", 3, 1), groom("b", 3, 1))).isEqualTo("[b]");
    }

    @Test
    void whoHoldsTasksOfTheGenerationStays() {
        tie("a", 1, 0, 0);
        assertThat(leftOut("a-b", 2, groom("a", 3), groom("b", 9))).isEqualTo("[b]");
    }

    @Test
    void whoIsHeldThoughItGetsNothingNewHasOpponentsAndWantsNoSlot() {
        tie("x", 2, 0, 0);
        assertThat(leftOut("b-x", 4, groom("a", 2), groom("b", 9))).isEqualTo("[b]");
        assertThat(leftOut("b-x", 5, groom("a", 2), groom("b", 9))).isEqualTo("[]");
    }

    @Test
    void otherOneGoesWhereTheJobNeedsTheFirst() {
        assertThat(leftOut("a-b", 4, groom("a", 4, 0), groom("b", 2, 2))).isEqualTo("[b]");
    }

    @Test
    void pairThatTheJobCannotDoWithoutIsUsed() {
        assertThat(leftOut("a-b", 5, groom("a", 2), groom("b", 2), groom("c", 2)))
                .isEqualTo("[]");
        assertThat(leftOut("a-b", 4, groom("a", 2), groom("b", 2), groom("c", 2)))
                .isEqualTo("[a]");
    }

    @Test
    void groomsThatTheSelectorRefusesDoNotCount() {
        Separation separation = new Separation(pairs("a-b"), Selector.parse("name!=c"), 3, ties);
        assertThat(separation.leftOut(List.of(groom("a", 2), groom("b", 2), groom("c", 9))))
                .isEmpty();
    }

    @Test
    void pairIsTheSameInBothOrders() {
        assertThat(pairs("b-a")).isEqualTo(pairs("a-b"));
        assertThat(pairs("b-a").get(0)).hasToString("a and b");
    }
}
