package io.valiant.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gate that lets everything pass unless told otherwise, and notes what it is told. */
final class OpenGate implements BarrierGate {
    final List<String> lost = new CopyOnWriteArrayList<>();
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
    public void linkLost(int peer, long superstep, String detail) {
        lost.add("peer " + peer + " superstep " + superstep + ": " + detail);
    }
}
