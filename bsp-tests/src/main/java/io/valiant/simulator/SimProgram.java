package io.valiant.simulator;

import io.valiant.examples.LedgerFold;
import io.valiant.protocol.JobSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The ledger program as one task runs it, a superstep at a time. */
final class SimProgram {
    private final int task;
    private final int tasks;
    private final long supersteps;
    private long hash;
    private long steps;

    SimProgram(JobSpec spec, int task) {
        this.task = task;
        this.tasks = spec.tasks();
        this.supersteps = Reference.supersteps(spec);
        this.hash = LedgerFold.start(Reference.seed(spec), task);
    }

    /** As it was when it had that state after so many supersteps. */
    SimProgram(JobSpec spec, int task, long hash, long steps) {
        this(spec, task);
        this.hash = hash;
        this.steps = steps;
    }

    long hash() {
        return hash;
    }

    /** Computes a superstep from what each peer sent in the one before: eight bytes a message; null for nothing. */
    void compute(long superstep, ByteBuffer[] received) {
        for (ByteBuffer fromPeer : received) {
            while (fromPeer != null && fromPeer.hasRemaining()) {
                hash = LedgerFold.fold(hash, fromPeer.getLong());
            }
        }
        hash = LedgerFold.turn(hash, superstep);
        steps++;
    }

    /** Whether it ends with that superstep. */
    boolean endsWith(long superstep) {
        return superstep + 1 >= supersteps;
    }

    /** How many messages it sends to that peer in that superstep. */
    int messagesTo(int peer, long superstep) {
        int messages = 0;
        for (int k = 0; k < LedgerFold.TARGETS && !endsWith(superstep); k++) {
            messages += LedgerFold.target(task, k, tasks) == peer ? 1 : 0;
        }
        return messages;
    }

    /** What it sends to that peer. */
    ByteBuffer messages(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putLong(hash);
        }
        return bytes.flip();
    }

    /** How many supersteps it has computed. */
    long steps() {
        return steps;
    }

    byte[] part() {
        return Reference.part(task, hash);
    }
}
