package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.concurrent.Output;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A child's core stepped by hand; what it wanted done since it was last asked is taken by {@link #take()}. */
abstract class ChildCoreFixture {
    static final long MS = 1_000_000L;
    static final long PING = 1000 * MS;
    static final long ORPHAN = 5000 * MS;
    static final TaskAssignment ASSIGNMENT = TestJobs.assignment(0, 3, TestJobs.any());
    static final TaskResult RESULT = new TaskResult(List.of(), new TreeMap<>(), 9, new TreeMap<>());
    static final Cause CAUSE = Cause.of(CauseType.USER_ERROR, "boom");

    final ChildCore core =
            new ChildCore(new ChildConfig(TestJobs.attempt(0), "token", PING, ORPHAN, 2000 * MS, 30_000 * MS));
    private final List<ChildEffect> effects = new ArrayList<>();
    long nowNs = 77;

    void attach() {
        event(new ChildEvent.Started(42, "h", 1));
        event(new ChildEvent.GroomConnected());
        say(new GroomMessage.Attached(ASSIGNMENT, false));
    }

    void run() {
        attach();
        say(new GroomMessage.Peers(TestJobs.table(3, 2)));
        event(new ChildEvent.LinksUp(3));
        take();
    }

    void reconnect(boolean holding) {
        event(new ChildEvent.GroomDisconnected("reset"));
        advance(200 * MS);
        event(new ChildEvent.GroomConnected());
        say(new GroomMessage.Attached(ASSIGNMENT, holding));
    }

    void say(GroomMessage message) {
        event(new ChildEvent.FromGroom(message));
    }

    void event(ChildEvent event) {
        core.handle(event, nowNs, sink());
    }

    void advance(long byNs) {
        nowNs += byNs;
        core.tick(nowNs, sink());
    }

    List<ChildEffect> take() {
        List<ChildEffect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    void assertExit(int code) {
        assertThat(core.phase()).isEqualTo(ChildPhase.GONE);
        assertThat(effects.get(effects.size() - 1))
                .isInstanceOfSatisfying(
                        ChildEffect.Exit.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    Output<Void, ChildEffect> sink() {
        return new Output<>() {
            @Override
            public void record(Void record) {
                throw new AssertionError("a child stores nothing");
            }

            @Override
            public void effect(ChildEffect effect) {
                effects.add(effect);
            }
        };
    }
}
