package io.valiant.groom;

import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.launch.ChildProcesses;
import io.valiant.groom.rpc.GroomCalls;
import io.valiant.groom.rpc.MasterCaller;
import io.valiant.groom.task.TaskReportServer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the core wants done, in the core's thread: everything is handed to the threads of others. */
final class GroomActions implements Consumer<GroomEffect> {
    private static final Logger LOG = LoggerFactory.getLogger(GroomActions.class);

    private final MasterCaller master;
    private final GroomCalls calls;
    private final TaskReportServer reports;
    private final ChildProcesses children;
    private final Consumer<String> stop;

    /** @param stop told why the daemon has to stop; must not wait */
    GroomActions(
            MasterCaller master,
            GroomCalls calls,
            TaskReportServer reports,
            ChildProcesses children,
            Consumer<String> stop) {
        this.master = master;
        this.calls = calls;
        this.reports = reports;
        this.children = children;
        this.stop = stop;
    }

    @Override
    public void accept(GroomEffect effect) {
        if (!master.call(effect) && !onChild(effect) && !onGroom(effect)) {
            throw new IllegalStateException("unknown effect: " + effect);
        }
    }

    private boolean onChild(GroomEffect effect) {
        if (effect instanceof GroomEffect.ToChild said) {
            reports.send(said.connection(), said.message());
        } else if (effect instanceof GroomEffect.CloseConnection close) {
            reports.close(close.connection());
        } else if (effect instanceof GroomEffect.Launch launch) {
            LOG.info(
                    "[{} g{}] is launched{}",
                    launch.assignment().attempt(),
                    launch.assignment().generation(),
                    launch.spare() == GroomEffect.Launch.NO_SPARE ? "" : " in spare " + launch.spare());
            children.launch(launch.assignment(), launch.token(), launch.spare());
        } else if (effect instanceof GroomEffect.StartSpare start) {
            children.startSpare(start.spare());
        } else if (effect instanceof GroomEffect.EndSpare end) {
            children.endSpare(end.spare());
        } else if (effect instanceof GroomEffect.Signal signal) {
            children.signal(signal.attempt(), signal.hard());
        } else if (effect instanceof GroomEffect.LookAtProcess look) {
            children.look(look.attempt(), look.askedNs());
        } else if (effect instanceof GroomEffect.RemoveJobFiles remove) {
            children.removeJobFiles(remove.job());
        } else {
            return false;
        }
        return true;
    }

    private boolean onGroom(GroomEffect effect) {
        if (effect instanceof GroomEffect.AnswerPush answer) {
            calls.answer(answer);
        } else if (effect instanceof GroomEffect.Note note) {
            if (note.warning()) {
                LOG.warn("{}", note.line());
            } else {
                LOG.info("{}", note.line());
            }
        } else if (effect instanceof GroomEffect.Stop refused) {
            stop.accept(refused.reason());
        } else {
            return false;
        }
        return true;
    }
}
