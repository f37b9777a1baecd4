package io.valiant.master.groom;

import io.valiant.bsp.GroomState;
import io.valiant.id.GroomId;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators ask about grooms: refused with a word and a line, or done and answered once it is stored. */
public final class GroomRequests {
    private static final Logger LOG = LoggerFactory.getLogger(GroomRequests.class);

    private final GroomManager grooms;

    GroomRequests(GroomManager grooms) {
        this.grooms = grooms;
    }

    /** It gets nothing new; its tasks end. Done for one that is drained already. */
    public void drain(MasterEvent.DrainGroom event, Turn turn) {
        GroomEntry entry = find(event.call(), event.groom(), turn);
        if (entry == null) {
            return;
        }
        if (entry.drained == null) {
            entry.drain("drained by " + event.user());
            grooms.roomChanged();
            LOG.info("[{} i{}] {}", entry.id, entry.incarnation, entry.drained);
            turn.tell("GROOM_DRAINED", entry.id, "groom " + entry.id + " " + entry.drained);
        }
        turn.reply(event.call(), new MasterReply.Done());
    }

    /** It may get tasks, also one that was blacklisted. Done for one that may already. */
    public void undrain(MasterEvent.UndrainGroom event, Turn turn) {
        GroomEntry entry = find(event.call(), event.groom(), turn);
        if (entry == null) {
            return;
        }
        if (entry.drained != null || entry.blacklisted != null) {
            entry.undrain();
            grooms.roomChanged();
            LOG.info("[{} i{}] undrained by {}: is {}", entry.id, entry.incarnation, event.user(), entry.state());
            turn.tell("GROOM_UNDRAINED", entry.id, "groom " + entry.id + " undrained by " + event.user());
        }
        turn.reply(event.call(), new MasterReply.Done());
    }

    /** It is forgotten, but for its number. Only one that is LOST, or drained and without a task. */
    public void remove(MasterEvent.RemoveGroom event, Turn turn) {
        GroomEntry entry = find(event.call(), event.groom(), turn);
        if (entry == null) {
            return;
        }
        String inUse = whyInUse(entry);
        if (inUse != null) {
            turn.reject(event.call(), "GroomInUse", inUse);
            return;
        }
        LOG.info("[{} i{}] removed by {}", entry.id, entry.incarnation, event.user());
        turn.tell("GROOM_REMOVED", entry.id, "groom " + entry.id + " removed by " + event.user());
        grooms.remove(entry, "removed by " + event.user());
        turn.reply(event.call(), new MasterReply.Done());
    }

    private static String whyInUse(GroomEntry entry) {
        if (entry.lost) {
            return null;
        }
        if (entry.state() != GroomState.DRAINING) {
            return "groom " + entry.id + " is " + entry.state() + "; bsp groom drain " + entry.id
                    + " first, and wait until its tasks have ended";
        }
        int tasks = entry.slotsUsed();
        return tasks == 0
                ? null
                : "groom " + entry.id + " is DRAINING and still has " + (tasks == 1 ? "1 task" : tasks + " tasks")
                        + "; wait until its tasks have ended";
    }

    /** The groom of that name, or null after it was refused. */
    private GroomEntry find(long call, GroomId id, Turn turn) {
        GroomEntry entry = grooms.entry(id);
        if (entry == null) {
            turn.reject(call, "GroomNotFound", "no groom " + id + "; bsp groom list shows those there are");
        }
        return entry;
    }
}
