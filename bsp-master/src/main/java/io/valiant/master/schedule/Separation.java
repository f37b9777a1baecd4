package io.valiant.master.schedule;

import io.valiant.id.GroomId;
import io.valiant.protocol.Sorted;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps grooms apart that do not go together: of each pair one is left out, but only if the job could run on the others were
 * they empty. A pair that it cannot do without is used together all the same. Pure.
 *
 * @param apart pairs that are not to be used together
 * @param selector grooms the job may use
 * @param tasks how many it has
 * @param ties what binds it to grooms
 */
public record Separation(List<GroomPair> apart, Selector selector, int tasks, SortedMap<GroomId, Ties> ties) {
    public Separation {
        apart = List.copyOf(apart);
        ties = Sorted.copy(ties);
    }

    /**
     * What binds a job to a groom.
     *
     * @param held tasks that have their place there already: it cannot be left out
     * @param avoiding tasks that must not go there as long as others could run them
     * @param staying JVMs that would have to be started elsewhere
     */
    public record Ties(int held, int avoiding, int staying) {
        /** Nothing. */
        public static final Ties NONE = new Ties(0, 0, 0);

        /** Both together. */
        public Ties plus(Ties other) {
            return new Ties(held + other.held, avoiding + other.avoiding, staying + other.staying);
        }
    }

    /** The grooms that the job does without. */
    public SortedSet<GroomId> leftOut(List<GroomView> cluster) {
        TreeMap<GroomId, GroomView> left = new TreeMap<>();
        int spare = heldElsewhere(cluster) - tasks;
        for (GroomView groom : cluster) {
            if (selector.matches(groom.labels())) {
                left.put(groom.id(), groom);
                spare += groom.slots();
            }
        }
        TreeMap<GroomId, TreeSet<GroomId>> opponents = opponents(left);
        TreeSet<GroomId> out = new TreeSet<>();
        for (GroomView worst = worst(left, opponents, spare); worst != null; worst = worst(left, opponents, spare)) {
            spare -= worst.slots();
            left.remove(worst.id());
            out.add(worst.id());
            for (GroomId other : opponents.remove(worst.id())) {
                opponents.get(other).remove(worst.id());
            }
        }
        return Collections.unmodifiableSortedSet(out);
    }

    /** Tasks that have their place on a groom that gets nothing new: they want no slot of the cluster. */
    private int heldElsewhere(List<GroomView> cluster) {
        TreeMap<GroomId, Ties> elsewhere = new TreeMap<>(ties);
        cluster.forEach(groom -> elsewhere.remove(groom.id()));
        int held = 0;
        for (Ties tie : elsewhere.values()) {
            held += tie.held();
        }
        return held;
    }

    /** Those each groom does not go together with, among those that are left or hold tasks. */
    private TreeMap<GroomId, TreeSet<GroomId>> opponents(Map<GroomId, GroomView> left) {
        TreeMap<GroomId, TreeSet<GroomId>> opponents = new TreeMap<>();
        for (GroomPair pair : apart) {
            if (counts(pair.first(), left) && counts(pair.second(), left)) {
                opponents.computeIfAbsent(pair.first(), key -> new TreeSet<>()).add(pair.second());
                opponents.computeIfAbsent(pair.second(), key -> new TreeSet<>()).add(pair.first());
            }
        }
        return opponents;
    }

    private boolean counts(GroomId groom, Map<GroomId, GroomView> left) {
        return left.containsKey(groom) || tiesTo(groom).held() > 0;
    }

    /** The groom to be left out next, or null: nobody has to be, or there are too few slots without any of them. */
    private GroomView worst(Map<GroomId, GroomView> left, Map<GroomId, TreeSet<GroomId>> opponents, int spare) {
        GroomView worst = null;
        for (Map.Entry<GroomId, TreeSet<GroomId>> entry : opponents.entrySet()) {
            GroomView groom = left.get(entry.getKey());
            boolean may = groom != null
                    && !entry.getValue().isEmpty()
                    && groom.slots() <= spare
                    && tiesTo(groom.id()).held() == 0;
            if (may && (worst == null || isWorse(groom, worst, opponents))) {
                worst = groom;
            }
        }
        return worst;
    }

    /** More opponents, more tasks that avoid it, fewer JVMs that stay, less room; else the first by name. */
    private boolean isWorse(GroomView one, GroomView other, Map<GroomId, TreeSet<GroomId>> opponents) {
        int more = opponents.get(one.id()).size() - opponents.get(other.id()).size();
        if (more == 0) {
            more = tiesTo(one.id()).avoiding() - tiesTo(other.id()).avoiding();
        }
        if (more == 0) {
            more = tiesTo(other.id()).staying() - tiesTo(one.id()).staying();
        }
        return more > 0 || (more == 0 && one.free() < other.free());
    }

    private Ties tiesTo(GroomId groom) {
        return ties.getOrDefault(groom, Ties.NONE);
    }
}
