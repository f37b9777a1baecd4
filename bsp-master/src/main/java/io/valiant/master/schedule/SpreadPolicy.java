package io.valiant.master.schedule;

import io.valiant.id.GroomId;
import java.util.ArrayList;
import java.util.List;

/**
 * Spreads tasks evenly: each goes where it wishes if there is room, else to the groom with the smallest share of its slots
 * in use, then with the least loaded processors, then to the first by name.
 */
public final class SpreadPolicy implements PlacementPolicy {
    /** Loads that differ by less are the same: else chance would decide. */
    private static final double LOAD_STEP = 0.25;

    @Override
    public List<GroomId> place(PlacementRequest request, List<GroomView> cluster) {
        List<GroomView> allowed = new ArrayList<>();
        for (GroomView groom : cluster) {
            if (request.allows(groom)) {
                allowed.add(groom);
            }
        }
        int[] free = new int[allowed.size()];
        int sum = 0;
        for (int i = 0; i < free.length; i++) {
            free[i] = Math.max(0, allowed.get(i).free());
            sum += free[i];
        }
        if (sum < request.tasks().size()) {
            return null;
        }
        return place(request.tasks(), allowed, free);
    }

    /** Tasks with something to avoid choose first: they have less to choose from. */
    private static List<GroomId> place(List<TaskWish> tasks, List<GroomView> grooms, int[] free) {
        GroomId[] chosen = new GroomId[tasks.size()];
        for (boolean picky : new boolean[] {true, false}) {
            for (int task = 0; task < chosen.length; task++) {
                TaskWish wish = tasks.get(task);
                if (wish.avoid().isEmpty() == picky) {
                    continue;
                }
                int groom = choose(wish, grooms, free);
                if (groom < 0) {
                    return null;
                }
                free[groom]--;
                chosen[task] = grooms.get(groom).id();
            }
        }
        return List.of(chosen);
    }

    private static int choose(TaskWish wish, List<GroomView> grooms, int[] free) {
        int best = -1;
        for (int i = 0; i < free.length; i++) {
            GroomView groom = grooms.get(i);
            if (free[i] <= 0 || wish.avoid().contains(groom.id())) {
                continue;
            }
            if (groom.id().equals(wish.prefer())) {
                return i;
            }
            if (best < 0 || isBetter(groom, free[i], grooms.get(best), free[best])) {
                best = i;
            }
        }
        return best;
    }

    private static boolean isBetter(GroomView groom, int free, GroomView best, int bestFree) {
        // used / slots, compared without division
        long used = (long) (groom.slots() - free) * best.slots();
        long bestUsed = (long) (best.slots() - bestFree) * groom.slots();
        if (used != bestUsed) {
            return used < bestUsed;
        }
        return loadStep(groom) < loadStep(best);
    }

    private static int loadStep(GroomView groom) {
        return groom.load() < 0 ? 0 : (int) (groom.load() / LOAD_STEP);
    }
}
