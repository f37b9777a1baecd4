package io.valiant.simulator;

import io.valiant.bsp.AttemptState;
import io.valiant.master.MasterCore;
import io.valiant.master.core.MasterRecord;
import java.util.ArrayList;
import java.util.List;

/** I11: what is in the store is what the living master holds, and a master that loads it holds the same. */
final class Replay {
    private Replay() {}

    /** Judges a master of which everything said so far is stored. */
    static void judge(World world, SimMaster master) {
        List<MasterRecord> stored = hard(world.store().rows());
        List<MasterRecord> live = hard(master.core().rows());
        if (!stored.equals(live)) {
            throw new Violation("I11", "the store and the master differ: " + difference(stored, live));
        }
        MasterCore loaded = world.newMasterCore(master, world.store().rows());
        List<MasterRecord> replayed = hard(loaded.rows());
        if (!replayed.equals(stored)) {
            throw new Violation("I11", "replay differs: " + difference(stored, replayed));
        }
    }

    /** The rows in the store's order, without what is soft: whether and where a child has attached, before its end. */
    private static List<MasterRecord> hard(List<MasterRecord> rows) {
        SimStore sorted = new SimStore();
        sorted.commit(rows);
        List<MasterRecord> hard = new ArrayList<>();
        for (MasterRecord row : sorted.rows()) {
            if (row instanceof MasterRecord.Attempt attempt) {
                hard.add(hard(attempt));
            } else if (!(row instanceof MasterRecord.Forget)) {
                hard.add(row);
            }
        }
        return hard;
    }

    private static MasterRecord.Attempt hard(MasterRecord.Attempt row) {
        if (row.state() != AttemptState.ASSIGNED && row.state() != AttemptState.RUNNING) {
            return row;
        }
        return new MasterRecord.Attempt(
                row.id(),
                row.groom(),
                row.incarnation(),
                row.generation(),
                AttemptState.ASSIGNED,
                row.charged(),
                null,
                null,
                0,
                row.exit(),
                row.cause(),
                row.result(),
                row.startedAt(),
                row.finishedAt(),
                row.gone());
    }

    /** The first rows in which two tables differ. */
    private static String difference(List<MasterRecord> one, List<MasterRecord> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (!one.get(i).equals(other.get(i))) {
                return one.get(i) + " against " + other.get(i);
            }
        }
        return one.size() + " rows against " + other.size();
    }
}
