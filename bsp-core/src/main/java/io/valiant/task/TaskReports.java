package io.valiant.task;

import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.ChildMessage;

/**
 * What a child's core tells its groom, and the connection it is told on. What the groom must learn is told at once and
 * again on each new connection: the news (result, failure, lost link), that this JVM listens again after a roll-back, the
 * newest checkpoint. That news was read is known by the answer to a ping sent after it on the same connection.
 */
final class TaskReports {
    /** Attempts to connect again in one orphan time-out, at least. */
    private static final int CONNECTS_PER_TIMEOUT = 20;

    /** The longest wait before connecting again. */
    private static final long MOST_CONNECT_WAIT_NS = 200_000_000L;

    private final ChildConfig config;

    private boolean connected;
    private boolean attached;
    private int connections;

    /** When to connect again and to ping; NO_DEADLINE where that is not to happen. */
    private long connectNs = Core.NO_DEADLINE;

    private long pingNs = Core.NO_DEADLINE;

    private long pings;

    /** What the groom has to learn before this child may leave; null while there is nothing. */
    private ChildMessage news;

    /** The number of the ping that was sent after the news on this connection. */
    private long pingAfterNews = Long.MAX_VALUE;

    /** Null once the groom is known to know it. */
    private ChildMessage.Rejoined rejoined;

    private ChildMessage.Checkpointed checkpointed;

    /** Null if a newer checkpoint has been taken since. */
    private ChildMessage.CheckpointFailed checkpointFailed;

    TaskReports(ChildConfig config) {
        this.config = config;
    }

    void connected(ChildEvent.Started started, Output<Void, ChildEffect> out) {
        connected = true;
        connections++;
        connectNs = Core.NO_DEADLINE;
        tell(
                new ChildMessage.Attach(
                        config.token(), config.attempt(), started.pid(), started.host(), started.port()),
                out);
    }

    void disconnected(long nowNs) {
        connected = false;
        attached = false;
        pingNs = Core.NO_DEADLINE;
        pingAfterNews = Long.MAX_VALUE;
        connectNs = nowNs + connectWaitNs();
    }

    /** A child that only lost its connection is back before its groom takes it for silent. */
    private long connectWaitNs() {
        long waitNs = Math.min(config.orphanNs() / CONNECTS_PER_TIMEOUT, MOST_CONNECT_WAIT_NS);
        return Math.min(waitNs, config.pingNs() / 2);
    }

    /** The groom has taken the child for what it is: it may be told things on this connection. */
    void attached() {
        attached = connected;
    }

    /** Whether the groom may have taken it for attached before, on a connection that was gone too soon. */
    boolean hasConnectedBefore() {
        return connections > 1;
    }

    /** Tells all that the groom may not know on a new connection. */
    void tellAgain(Output<Void, ChildEffect> out) {
        tellAttached(rejoined, out);
        tellAttached(checkpointed, out);
        tellAttached(checkpointFailed, out);
        tellNews(out);
    }

    /** From now on that is what the groom has to learn. */
    void news(ChildMessage message, Output<Void, ChildEffect> out) {
        news = message;
        tellNews(out);
    }

    /** The child listens for the peers of a generation; told until they are known. */
    void rejoined(ChildMessage.Rejoined message, Output<Void, ChildEffect> out) {
        rejoined = message;
        tellAttached(rejoined, out);
    }

    /** The groom has told the peers: it knows that the child listens. */
    void peersKnown() {
        rejoined = null;
    }

    void checkpointed(ChildMessage.Checkpointed message, Output<Void, ChildEffect> out) {
        checkpointed = message;
        checkpointFailed = null;
        tellAttached(message, out);
    }

    /** Told once or never. */
    void supersteps(ChildMessage.Supersteps message, Output<Void, ChildEffect> out) {
        tellAttached(message, out);
    }

    void checkpointFailed(ChildMessage.CheckpointFailed message, Output<Void, ChildEffect> out) {
        checkpointFailed = message;
        tellAttached(message, out);
    }

    /** A generation is over: nothing of it is told any more. */
    void forget() {
        news = null;
        pingAfterNews = Long.MAX_VALUE;
        rejoined = null;
        checkpointed = null;
        checkpointFailed = null;
    }

    private void tellNews(Output<Void, ChildEffect> out) {
        if (attached && news != null) {
            tell(news, out);
            pingAfterNews = pings + 1;
        }
    }

    private void tellAttached(ChildMessage message, Output<Void, ChildEffect> out) {
        if (attached && message != null) {
            tell(message, out);
        }
    }

    private static void tell(ChildMessage message, Output<Void, ChildEffect> out) {
        out.effect(new ChildEffect.ToGroom(message));
    }

    /** Pings now, if attached. */
    void ping(AttemptProgress progress, long nowNs, Output<Void, ChildEffect> out) {
        if (attached) {
            pings++;
            pingNs = nowNs + config.pingNs();
            tell(new ChildMessage.Ping(pings, progress), out);
        }
    }

    /** Whether the answer to that ping says that the groom has read the news. */
    boolean isNewsRead(long pong) {
        return pong >= pingAfterNews;
    }

    boolean isPingDue(long nowNs) {
        return nowNs >= pingNs;
    }

    /** Connects again where that is due. */
    void connectIfDue(long nowNs, Output<Void, ChildEffect> out) {
        if (nowNs >= connectNs) {
            connectNs = Core.NO_DEADLINE;
            out.effect(new ChildEffect.ConnectGroom());
        }
    }

    long nextDeadlineNs() {
        return Math.min(connectNs, pingNs);
    }
}
