package io.valiant.simulator.engine;

import java.util.ArrayDeque;

/**
 * A connection between two processes: each way in order, until it is cut. A cut loses a suffix of what is under way, which
 * may be all or nothing of it; a half-open one loses everything from now on and tells nobody.
 *
 * @param <M> what is said
 */
public final class Stream<M> {
    private static final long RETRY_NS = 50_000_000;

    private final Agenda agenda;
    private final Cables cables;
    private final SimRandom random;
    private final Way toServer;
    private final Way toClient;
    private boolean closed;

    private Stream(Agenda agenda, Cables cables, SimRandom random, SimProcess client, SimProcess server) {
        this.agenda = agenda;
        this.cables = cables;
        this.random = random;
        this.toServer = new Way(client, server);
        this.toClient = new Way(server, client);
    }

    /** What one end hears. */
    public interface Ear<M> {
        void heard(M message);

        /** Nothing more comes, and nothing more goes. Called once at most. */
        void closed(String why);
    }

    /** A connection that stands; ears are given by {@link #client} and {@link #server} before anything is said. */
    public static <M> Stream<M> open(
            Agenda agenda, Cables cables, SimRandom random, SimProcess client, SimProcess server) {
        return new Stream<>(agenda, cables, random, client, server);
    }

    /** The ear at the client's end. */
    public void client(Ear<M> ear) {
        toClient.ear = ear;
    }

    /** The ear at the server's end. */
    public void server(Ear<M> ear) {
        toServer.ear = ear;
    }

    public void sayToServer(M message) {
        toServer.say(message);
    }

    public void sayToClient(M message) {
        toClient.say(message);
    }

    public boolean isClosed() {
        return closed;
    }

    public SimProcess clientProcess() {
        return toClient.to;
    }

    public SimProcess serverProcess() {
        return toServer.to;
    }

    /** Breaks it: both ends learn of it after a while, each after having heard a prefix of what was under way. */
    public void cut(String why) {
        if (!closed) {
            closed = true;
            toServer.end(why);
            toClient.end(why);
        }
    }

    /** One end closes it in order: the other hears all that was said, then the end; the closing end hears nothing more. */
    public void close(SimProcess by, String why) {
        if (!closed) {
            closed = true;
            Way out = by == toServer.from ? toServer : toClient;
            Way in = out == toServer ? toClient : toServer;
            in.deaf = true;
            out.last(why);
        }
    }

    /** From now on nothing gets through, one way or both, and nobody is told. */
    public void halfOpen(boolean bothWays) {
        boolean first = random.chance(0.5);
        if (bothWays || first) {
            toServer.mute = true;
        }
        if (bothWays || !first) {
            toClient.mute = true;
        }
    }

    /** One way. What is due while the cable is cut waits, as TCP would send it again. */
    private final class Way {
        private final SimProcess from;
        private final SimProcess to;
        private final ArrayDeque<M> underWay = new ArrayDeque<>();
        private Ear<M> ear;
        private String end;
        private long lastNs;
        private int due;
        private boolean retrying;
        private boolean mute;
        private boolean deaf;

        private Way(SimProcess from, SimProcess to) {
            this.from = from;
            this.to = to;
        }

        private void say(M message) {
            if (!closed && !mute && from.isAlive()) {
                underWay.addLast(message);
                arriveLater();
            }
        }

        private void end(String why) {
            for (int lost = random.below(underWay.size() + 1); lost > 0; lost--) {
                underWay.removeLast();
            }
            last(why);
        }

        private void last(String why) {
            if (!mute) {
                end = why;
                arriveLater();
            }
        }

        private void arriveLater() {
            lastNs = Math.max(lastNs, agenda.nowNs() + cables.latencyNs(from.host(), to.host()));
            agenda.after(lastNs - agenda.nowNs(), "stream", () -> {
                due++;
                arrive();
            });
        }

        private void arrive() {
            if (!cables.reaches(from.host(), to.host())) {
                if (!retrying && !mute && to.isAlive()) {
                    retrying = true;
                    agenda.after(RETRY_NS, "retransmit", () -> {
                        retrying = false;
                        arrive();
                    });
                }
                return;
            }
            for (; due > 0; due--) {
                if (!underWay.isEmpty()) {
                    M message = underWay.removeFirst();
                    to.meet(() -> hear(message));
                } else if (end != null) {
                    to.meet(this::hearEnd);
                }
            }
        }

        private void hear(M message) {
            if (!deaf) {
                ear.heard(message);
            }
        }

        private void hearEnd() {
            if (!deaf) {
                deaf = true;
                ear.closed(end);
            }
        }
    }
}
