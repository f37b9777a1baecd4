package io.valiant.groom.core;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.concurrent.Output;
import io.valiant.groom.core.Child.Ending;
import io.valiant.groom.core.Child.Phase;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.GroomReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What is said on the children's connections. Who has not shown the token of a running attempt is refused; a child that
 * connects again takes over from its earlier connection and is told again what matters.
 */
final class Conversations {
    private final TaskManager tasks;
    private final Supervision supervision;
    private final Reports reports;

    Conversations(TaskManager tasks, Supervision supervision, Reports reports) {
        this.tasks = tasks;
        this.supervision = supervision;
        this.reports = reports;
    }

    void received(long connection, ChildMessage message, boolean holding, long nowNs, Output<Void, GroomEffect> out) {
        if (message instanceof ChildMessage.Attach attach) {
            attach(connection, attach, holding, nowNs, out);
            return;
        }
        Child child = speaker(connection);
        if (child == null) {
            out.effect(new GroomEffect.CloseConnection(connection));
            return;
        }
        child.heard(nowNs);
        if (message instanceof ChildMessage.Ping ping) {
            tasks.tell(child, new GroomMessage.Pong(ping.number()), out);
            supervision.progressed(child, ping.progress(), nowNs, out);
        } else if (!ofEnd(child, message, nowNs, out) && !ofGeneration(child, message)) {
            throw new IllegalStateException("unknown message of a child: " + message);
        }
    }

    private boolean ofEnd(Child child, ChildMessage message, long nowNs, Output<Void, GroomEffect> out) {
        if (message instanceof ChildMessage.Finished finished) {
            finished(child, finished, out);
        } else if (message instanceof ChildMessage.Failed failed) {
            leaves(child, failed.generation(), failed.cause(), nowNs);
        } else if (message instanceof ChildMessage.RestoreFailed failed) {
            restoreFailed(child, failed, nowNs);
        } else {
            return false;
        }
        return true;
    }

    /** What is said of a generation that is over is passed over (I4); on a new connection much is said again. */
    private boolean ofGeneration(Child child, ChildMessage message) {
        if (message instanceof ChildMessage.LinkLost lost) {
            linkLost(child, lost);
        } else if (message instanceof ChildMessage.Rejoined rejoined) {
            if (child.generation() == rejoined.generation() && child.listens(rejoined.host(), rejoined.port())) {
                reportAttached(child);
            }
        } else if (message instanceof ChildMessage.Checkpointed made) {
            if (child.generation() == made.generation() && child.hasCheckpointed(made.superstep())) {
                reports.add(new GroomReport.Checkpointed(
                        child.attempt(), made.generation(), made.superstep(), made.part()));
            }
        } else if (message instanceof ChildMessage.Supersteps told) {
            if (child.generation() == told.generation()) {
                reports.add(new GroomReport.Supersteps(child.attempt(), told.generation(), told.shares()));
            }
        } else if (message instanceof ChildMessage.CheckpointFailed failed) {
            if (child.generation() == failed.generation() && child.hasFailedToCheckpoint(failed.superstep())) {
                reports.add(new GroomReport.CheckpointFailed(
                        child.attempt(), failed.generation(), failed.superstep(), failed.reason()));
            }
        } else {
            return false;
        }
        return true;
    }

    private void reportAttached(Child child) {
        reports.add(new GroomReport.Attached(child.attempt(), child.generation(), child.pid, child.host, child.port));
    }

    /**
     * The child is about to exit for that reason. So it does if the job has been rolled back since: a child that failed
     * does not rejoin, and its reason says more than its exit code.
     */
    private void leaves(Child child, long generation, Cause cause, long nowNs) {
        if (generation <= child.generation()) {
            tasks.blame(child, cause);
            tasks.expectExit(child, tasks.graceEndNs(nowNs));
        }
    }

    /** Told to the master whatever the generation: it takes the end that follows for nobody's fault. */
    private void restoreFailed(Child child, ChildMessage.RestoreFailed failed, long nowNs) {
        GroomReport report = new GroomReport.RestoreFailed(
                child.attempt(), failed.generation(), failed.checkpoint(), failed.reason());
        if (failed.generation() <= child.generation() && !reports.contains(report)) {
            reports.add(report);
        }
        String what = "checkpoint " + failed.checkpoint().folder() + " cannot be used: " + failed.reason();
        leaves(child, failed.generation(), Cause.of(CauseType.STORAGE, what), nowNs);
    }

    void disconnected(long connection) {
        Child child = speaker(connection);
        if (child != null) {
            child.connection = Child.NO_CONNECTION;
        }
    }

    private Child speaker(long connection) {
        for (Child child : tasks.children()) {
            if (child.connection == connection) {
                return child;
            }
        }
        return null;
    }

    private void attach(
            long connection, ChildMessage.Attach attach, boolean holding, long nowNs, Output<Void, GroomEffect> out) {
        Child child = tasks.child(attach.attempt());
        String refusal = refusal(child, attach);
        if (refusal != null) {
            out.effect(new GroomEffect.ToChild(connection, new GroomMessage.Refused(refusal)));
            out.effect(new GroomEffect.CloseConnection(connection));
            return;
        }
        if (child.isConnected() && child.connection != connection) {
            out.effect(new GroomEffect.CloseConnection(child.connection));
        }
        child.connection = connection;
        child.heard(nowNs);
        if (child.pid == 0) {
            child.pid = attach.pid();
        }
        if (child.advance(Phase.ATTACHED) && child.listens(attach.host(), attach.port())) {
            reportAttached(child);
        }
        tasks.tell(child, new GroomMessage.Attached(child.assignment(), holding), out);
        if (child.table != null) {
            tasks.tell(child, new GroomMessage.Peers(child.table), out);
        }
        if (child.takesCheckpoint) {
            tasks.tell(child, new GroomMessage.TakeCheckpoint(child.generation()), out);
        }
        if (child.phase == Phase.CONFIRMED) {
            tasks.tell(child, new GroomMessage.EndConfirmed(child.generation()), out);
        }
    }

    /** Why the attach is refused, or null. All reasons read the same: who has no token learns nothing. */
    private static String refusal(Child child, ChildMessage.Attach attach) {
        boolean known = child != null
                && child.ending == Ending.NONE
                && MessageDigest.isEqual(bytes(child.token), bytes(attach.token()));
        return known ? null : "attempt " + attach.attempt() + " does not run here, or its token is another";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void finished(Child child, ChildMessage.Finished finished, Output<Void, GroomEffect> out) {
        if (finished.generation() != child.generation() || child.cause != null) {
            return;
        }
        if (child.advance(Phase.FINISHED)) {
            reports.add(new GroomReport.Finished(child.attempt(), child.generation(), finished.result()));
        } else if (child.phase == Phase.CONFIRMED) {
            tasks.tell(child, new GroomMessage.EndConfirmed(child.generation()), out);
        }
    }

    private void linkLost(Child child, ChildMessage.LinkLost lost) {
        if (lost.generation() != child.generation()) {
            return;
        }
        GroomReport report = new GroomReport.LinkLost(
                child.attempt(), child.generation(), lost.peer(), lost.superstep(), lost.detail());
        if (!reports.contains(report)) {
            reports.add(report);
        }
    }
}
