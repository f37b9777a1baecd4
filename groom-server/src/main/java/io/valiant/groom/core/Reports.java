package io.valiant.groom.core;

import io.valiant.concurrent.Output;
import io.valiant.id.GroomId;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.GroomReportMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports to the master, in the order they happened: one message in flight, sent again until it is answered, kept for as
 * long as there is no master.
 */
final class Reports {
    private static final int MOST_PER_MESSAGE = 256;

    private final GroomId groom;
    private final List<GroomReport> waiting = new ArrayList<>();

    private long number;
    private int inFlight;

    /** Fewer after a message without an answer, which may have been too long to be carried; until nothing waits. */
    private int most = MOST_PER_MESSAGE;

    private long sendAtNs = Long.MIN_VALUE;

    Reports(GroomId groom) {
        this.groom = groom;
    }

    void add(GroomReport report) {
        waiting.add(report);
    }

    boolean contains(GroomReport report) {
        return waiting.contains(report);
    }

    int size() {
        return waiting.size();
    }

    /** Sends what waits, unless a message is in flight or the pause after a failure is not over. */
    void send(Standing standing, long nowNs, Output<Void, GroomEffect> out) {
        if (waiting.isEmpty() || inFlight > 0 || nowNs < sendAtNs) {
            return;
        }
        inFlight = Math.min(waiting.size(), most);
        number++;
        List<GroomReport> reports = waiting.subList(0, inFlight);
        out.effect(new GroomEffect.Report(
                number, new GroomReportMessage(groom, standing.incarnation(), standing.epoch(), reports)));
    }

    /** Whether that is the message in flight; an answer to any other is too late. */
    boolean isInFlight(long answered) {
        return inFlight > 0 && answered == number;
    }

    /** The message in flight was taken: what it held leaves the queue and is returned. */
    List<GroomReport> taken() {
        List<GroomReport> head = waiting.subList(0, inFlight);
        List<GroomReport> taken = new ArrayList<>(head);
        head.clear();
        if (waiting.isEmpty()) {
            most = MOST_PER_MESSAGE;
        }
        inFlight = 0;
        sendAtNs = Long.MIN_VALUE;
        return taken;
    }

    /** The message in flight had no answer: part of it again at that time. */
    void unanswered(long atNs) {
        most = Math.max(1, inFlight / 2);
        again(atNs);
    }

    /** The message in flight was not taken: again at that time. */
    void again(long atNs) {
        inFlight = 0;
        sendAtNs = atNs;
    }

    /** The incarnation is over: nobody will hear of it. */
    void clear() {
        waiting.clear();
        most = MOST_PER_MESSAGE;
        inFlight = 0;
        sendAtNs = Long.MIN_VALUE;
    }

    /** When {@link #send} has something to do. */
    long dueNs() {
        return waiting.isEmpty() || inFlight > 0 ? Long.MAX_VALUE : sendAtNs;
    }
}
