package io.valiant.master.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TaskSchedulerTest {
    private final TaskScheduler scheduler = new TaskScheduler(new SpreadPolicy());

    private static GroomView groom(String name, int slots, int free) {
        return groom(name, slots, free, "zone", "a", 0);
    }

    private static GroomView groom(String name, int slots, int free, String label, String value, double load) {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put(label, value);
        return new GroomView(new GroomId(name), slots, free, labels, load);
    }

    private static PlacementRequest request(String job, long number, int tasks) {
        return request(job, number, 0, "", Collections.nCopies(tasks, TaskWish.NONE));
    }

    private static PlacementRequest request(
            String job, long number, int priority, String selector, List<TaskWish> wishes) {
        return request(job, number, priority, Selector.parse(selector), true, wishes);
    }

    /** Of a job none of whose tasks has a place. */
    private static PlacementRequest request(
            String job, long number, int priority, Selector selector, boolean ready, List<TaskWish> wishes) {
        return new PlacementRequest(
                new JobId(job), number, priority, selector, Collections.emptySortedSet(), ready, 0, wishes);
    }

    private List<String> decide(List<PlacementRequest> queue, GroomView... cluster) {
        List<String> texts = new ArrayList<>();
        for (Decision decision : scheduler.schedule(queue, List.of(cluster))) {
            if (decision instanceof Decision.Placed placed) {
                texts.add(placed.job() + " on " + placed.grooms());
            } else if (decision instanceof Decision.Waits waits) {
                texts.add(waits.job() + " waits: " + waits.reason());
            }
        }
        return texts;
    }

    @Test
    void tasksAreSpreadByShareOfSlots() {
        assertThat(decide(List.of(request("j", 1, 4)), groom("g1", 4, 4), groom("g2", 2, 2)))
                .containsExactly("j on [g1, g2, g1, g1]");
    }

    @Test
    void loadDecidesAmongEquals() {
        assertThat(decide(
                        List.of(request("j", 1, 1)),
                        groom("g1", 2, 2, "z", "a", 0.9),
                        groom("g2", 2, 2, "z", "a", 0.1)))
                .containsExactly("j on [g2]");
    }

    @Test
    void allTasksArePlacedOrNone() {
        assertThat(decide(List.of(request("j", 1, 3)), groom("g1", 2, 1), groom("g2", 2, 1)))
                .containsExactly("j waits: needs 3 slots, 2 free");
    }

    @Test
    void jobThatCouldNeverFitDoesNotBlock() {
        assertThat(decide(List.of(request("wide", 1, 9), request("j", 2, 1)), groom("g1", 6, 6)))
                .containsExactly("wide waits: needs 9 slots, cluster has 6", "j on [g1]");
    }

    @Test
    void jobThatHasToWaitForRoomIsNotOvertaken() {
        assertThat(decide(List.of(request("wide", 1, 4), request("j", 2, 1)), groom("g1", 4, 3)))
                .containsExactly("wide waits: needs 4 slots, 3 free", "j waits: waits behind job wide");
    }

    @Test
    void priorityGoesFirstThenOrderOfSubmission() {
        List<PlacementRequest> queue = List.of(
                request("late", 3, 1), request("early", 1, 1), request("urgent", 4, 5, "", List.of(TaskWish.NONE)));
        assertThat(decide(queue, groom("g1", 2, 2)))
                .containsExactly("urgent on [g1]", "early on [g1]", "late waits: needs 1 slot, 0 free");
    }

    @Test
    void selectorsRestrict() {
        GroomView a = groom("g1", 2, 2, "zone", "a", 0);
        GroomView b = groom("g2", 2, 2, "zone", "b", 0);
        List<TaskWish> two = Collections.nCopies(2, TaskWish.NONE);
        assertThat(decide(List.of(request("j", 1, 0, "zone=b", two)), a, b)).containsExactly("j on [g2, g2]");
        assertThat(decide(List.of(request("j", 1, 0, "zone!=b", two)), a, b)).containsExactly("j on [g1, g1]");
        assertThat(decide(List.of(request("j", 1, 0, "zone~[bc]", two)), a, b)).containsExactly("j on [g2, g2]");
        assertThat(decide(List.of(request("j", 1, 0, "rack!=1", two)), a, b)).containsExactly("j on [g1, g2]");
        assertThat(decide(List.of(request("j", 1, 0, "zone=c", two)), a, b))
                .containsExactly("j waits: selector zone=c not satisfied");
        List<TaskWish> three = Collections.nCopies(3, TaskWish.NONE);
        assertThat(decide(List.of(request("j", 1, 0, "zone=a", three)), a, b))
                .containsExactly("j waits: needs 3 slots, grooms that satisfy selector zone=a have 2");
    }

    @Test
    void selectorMustBeOfAKnownForm() {
        for (String bad : List.of("zone", "=a", "!=a", "~a", "zone~(")) {
            assertThatThrownBy(() -> Selector.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Selector.parse(null)).isSameAs(Selector.ANY);
    }

    @Test
    void preferredGroomIsTakenIfThereIsRoom() {
        GroomId second = new GroomId("g2");
        List<TaskWish> wishes = Collections.nCopies(2, new TaskWish(second, List.of()));
        assertThat(decide(List.of(request("j", 1, 0, "", wishes)), groom("g1", 2, 2), groom("g2", 2, 1)))
                .containsExactly("j on [g2, g1]");
    }

    @Test
    void avoidedGroomIsNotUsedWhileAnotherCouldEverBe() {
        List<TaskWish> wishes = List.of(new TaskWish(null, List.of(new GroomId("g1"))));
        assertThat(decide(List.of(request("j", 1, 0, "", wishes)), groom("g1", 2, 2), groom("g2", 1, 0)))
                .containsExactly("j waits: needs 1 slot, 2 free");
        assertThat(decide(List.of(request("j", 1, 0, "", wishes)), groom("g1", 2, 2)))
                .containsExactly("j on [g1]");
    }

    @Test
    void othersRunBesideAJobWhoseProcessesAreStillThere() {
        PlacementRequest leaving = request("a", 1, 0, Selector.ANY, false, List.of(TaskWish.NONE, TaskWish.NONE));
        assertThat(decide(List.of(leaving, request("b", 2, 1), request("c", 3, 1)), groom("g1", 4, 3)))
                .containsExactly(
                        "a waits: waits for processes of its last generation to end",
                        "b on [g1]",
                        "c waits: needs 1 slot, 0 free");
    }

    @Test
    void jobWhoseProcessesAreStillThereKeepsItsPlace() {
        PlacementRequest leaving = request("a", 1, 0, Selector.ANY, false, List.of(TaskWish.NONE));
        assertThat(decide(List.of(leaving, request("b", 2, 1)), groom("g1", 2, 1)))
                .containsExactly(
                        "a waits: waits for processes of its last generation to end", "b waits: needs 1 slot, 0 free");
    }
}
