package io.valiant.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;

/** A gate that lets everything pass unless told otherwise, and notes what it is told. */
final class OpenGate implements BarrierGate {
    final List<String> lost = new CopyOnWriteArrayList<>();
    final List<Long> asked = new CopyOnWriteArrayList<>();
    final List<String> decided = new CopyOnWriteArrayList<>();
    volatile LongPredicate wants = superstep -> false;
    volatile boolean holding;
    volatile io.valiant.bsp.BspException fence;
    volatile long opened = -1;
    volatile long arrived = -1;

    @Override
    public boolean poll(long nowNs) throws io.valiant.bsp.BspException {
        if (fence != null) {
            throw fence;
        }
        return !holding;
    }

    @Override
    public void arrived(long superstep) {
        arrived = superstep;
    }

    @Override
    public void opened(long superstep) {
        opened = superstep;
    }

    @Override
    public boolean wantsCheckpoint(long superstep, long nowNs) {
        asked.add(superstep);
        return wants.test(superstep);
    }

    @Override
    public void checkpointDecided(long superstep, boolean taken) {
        decided.add(superstep + (taken ? " taken" : " not taken"));
    }

    @Override
    public void linkLost(int peer, long superstep, String detail) {
        lost.add("peer " + peer + " superstep " + superstep + ": " + detail);
    }
}
