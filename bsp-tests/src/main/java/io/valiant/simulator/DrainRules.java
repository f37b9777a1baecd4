package io.valiant.simulator;

import io.valiant.bsp.GroomState;
import io.valiant.id.GroomId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.MasterReply;
import io.valiant.simulator.Books.Change;
import java.util.List;
import java.util.TreeSet;

/**
 * Which grooms operators have drained, by what one master has answered them: these get nothing new until they are undrained,
 * and only those without a task, or LOST ones, may be removed.
 */
final class DrainRules {
    private final World world;
    private final TreeSet<GroomId> drained;

    /** @param stored what the store must say, in which the master begins */
    DrainRules(World world, TreeSet<GroomId> stored, Books books) {
        this.world = world;
        this.drained = new TreeSet<>(stored);
        books.grooms().forEach(this::isTold);
    }

    TreeSet<GroomId> drained() {
        return new TreeSet<>(drained);
    }

    /** Judges one step of the master; {@code event} is null for a tick. */
    void judge(MasterEvent event, List<MasterEffect> effects, List<Change> changes, Books books) {
        if (event instanceof MasterEvent.DrainGroom drain && isDone(effects, drain.call())) {
            world.oracle().count("drains");
            drained.add(drain.groom());
        } else if (event instanceof MasterEvent.UndrainGroom undrain && isDone(effects, undrain.call())) {
            drained.remove(undrain.groom());
        } else if (event instanceof MasterEvent.RemoveGroom remove && isDone(effects, remove.call())) {
            world.oracle().count("removed_grooms");
            wasOutOfUse(remove.groom(), changes, books);
            drained.remove(remove.groom());
        }
        for (Change change : changes) {
            if (change.after() instanceof MasterRecord.Groom groom) {
                isTold(groom);
            } else if (change.after() instanceof MasterRecord.Attempt attempt) {
                getsNothingNew((MasterRecord.Attempt) change.before(), attempt);
            }
        }
    }

    private static boolean isDone(List<MasterEffect> effects, long call) {
        return RollCall.reply(effects, call) instanceof MasterReply.Done;
    }

    /** I11: what operators were told is in the row. */
    private void isTold(MasterRecord.Groom row) {
        boolean is = drained.contains(row.id());
        if (is != (row.drained() != null)) {
            throw new Violation("I11", row + (is ? " was drained" : " was not drained"));
        }
    }

    /** I12: a drained groom gets no task, and none of its JVMs takes part in another generation. */
    private void getsNothingNew(MasterRecord.Attempt before, MasterRecord.Attempt after) {
        boolean begins = before == null || before.generation() < after.generation();
        if (begins && drained.contains(after.groom())) {
            throw new Violation(
                    "I12",
                    after.id() + " begins g" + after.generation() + " on " + after.groom() + ", which is drained");
        }
    }

    /** I8: a groom that is removed was LOST, or was drained and had no task. */
    private void wasOutOfUse(GroomId id, List<Change> changes, Books books) {
        MasterRecord.Groom before = null;
        for (Change change : changes) {
            if (change.before() instanceof MasterRecord.Groom groom
                    && groom.id().equals(id)) {
                before = groom;
            }
        }
        if (before != null && before.state() == GroomState.LOST) {
            return;
        }
        for (MasterRecord.Attempt attempt : books.attempts()) {
            if (before == null
                    || !drained.contains(id)
                    || (attempt.groom().equals(id)
                            && attempt.incarnation() == before.incarnation()
                            && !attempt.gone())) {
                throw new Violation("I8", "groom " + id + " is removed with " + attempt.id() + "; it was " + before);
            }
        }
    }
}
