package io.valiant.simulator.engine;

import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls between processes as IPC gives them: the request or the answer may be lost or late, the request may arrive twice,
 * and what was carried out may never be answered. The caller always learns something: an answer or, in the end, failure.
 */
public final class Calls {
    private final Agenda agenda;
    private final Cables cables;
    private final SimRandom random;
    private final BiPredicate<String, Object> happens;
    private Weather weather = Weather.FINE;

    /** @param happens asked with kind and victim before anything goes wrong */
    public Calls(Agenda agenda, Cables cables, SimRandom random, BiPredicate<String, Object> happens) {
        this.agenda = agenda;
        this.cables = cables;
        this.random = random;
        this.happens = happens;
    }

    /**
     * What the network does to calls.
     *
     * @param loss how often a request or an answer is lost
     * @param late how often one is late
     * @param lateNs by how much, on average
     * @param repeat how often a request arrives twice
     */
    public record Weather(double loss, double late, long lateNs, double repeat) {
        /** Nothing happens to calls. */
        public static final Weather FINE = new Weather(0, 0, 0, 0);
    }

    public void weather(Weather now) {
        weather = now;
    }

    /**
     * Calls.
     *
     * @param callee asked when the request arrives: who listens at that address then; null for nobody
     * @param execute carries out the request at the callee and hands its answer to the consumer, once, then or later
     * @param answered the caller: the answer, or null for failure; called exactly once, never if the caller is dead
     */
    public <A> void call(
            SimProcess caller,
            SimHost at,
            Supplier<SimProcess> callee,
            long timeoutNs,
            BiConsumer<SimProcess, Consumer<A>> execute,
            Consumer<A> answered) {
        Once<A> once = new Once<>(caller, answered);
        agenda.after(timeoutNs, "call-timeout", () -> once.answer(null));
        request(caller, at, callee, execute, once);
        if (random.chance(weather.repeat) && happens.test("REPEAT_CALL", caller)) {
            request(caller, at, callee, execute, once);
        }
    }

    private <A> void request(
            SimProcess caller,
            SimHost at,
            Supplier<SimProcess> callee,
            BiConsumer<SimProcess, Consumer<A>> execute,
            Once<A> once) {
        if (isLost(caller.host(), at)) {
            return;
        }
        agenda.after(delayNs(caller.host(), at), "request", () -> {
            SimProcess there = callee.get();
            if (there == null || !there.isAlive()) {
                back(at, caller, once, null);
                return;
            }
            there.meet(() -> execute.accept(there, answer -> back(at, caller, once, answer)));
        });
    }

    private <A> void back(SimHost at, SimProcess caller, Once<A> once, A answer) {
        if (!isLost(at, caller.host())) {
            agenda.after(delayNs(at, caller.host()), "answer", () -> once.answer(answer));
        }
    }

    private boolean isLost(SimHost from, SimHost to) {
        return !cables.reaches(from, to) || (random.chance(weather.loss) && happens.test("LOSE_CALL", from));
    }

    private long delayNs(SimHost from, SimHost to) {
        long delayNs = cables.latencyNs(from, to);
        if (random.chance(weather.late)) {
            long moreNs = random.around(weather.lateNs);
            return happens.test("LATE_CALL", from) ? delayNs + moreNs : delayNs;
        }
        return delayNs;
    }

    /** The first answer, or the time-out, counts. */
    private static final class Once<A> {
        private final SimProcess caller;
        private final Consumer<A> answered;
        private boolean over;

        private Once(SimProcess caller, Consumer<A> answered) {
            this.caller = caller;
            this.answered = answered;
        }

        private void answer(A answer) {
            if (!over) {
                over = true;
                caller.meet(() -> answered.accept(answer));
            }
        }
    }
}
