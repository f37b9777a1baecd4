package io.valiant.master.schedule;

import io.valiant.id.GroomId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Places jobs: all tasks or none, strictly by priority and number. A job that could not run even on the empty cluster does
 * not hold up those behind it; one that only has to wait for room does, so that wide jobs are not starved.
 * One that waits for processes of its own to end keeps the room it needs, and no more.
 */
public final class TaskScheduler {
    private static final Comparator<PlacementRequest> ORDER = Comparator.comparingInt(
                    (PlacementRequest request) -> -request.priority())
            .thenComparingLong(PlacementRequest::number);

    private final PlacementPolicy policy;

    public TaskScheduler(PlacementPolicy policy) {
        this.policy = policy;
    }

    /**
     * Decides for each request of the queue, in its order.
     *
     * @param cluster grooms that may get tasks, in order of names
     */
    public List<Decision> schedule(List<PlacementRequest> queue, List<GroomView> cluster) {
        List<PlacementRequest> ordered = new ArrayList<>(queue);
        ordered.sort(ORDER);
        List<GroomView> left = new ArrayList<>(cluster);
        List<Decision> decisions = new ArrayList<>();
        PlacementRequest ahead = null;
        for (PlacementRequest request : ordered) {
            String impossible = whyNever(request, cluster);
            if (impossible != null) {
                decisions.add(new Decision.Waits(request.job(), impossible));
                continue;
            }
            if (ahead != null) {
                decisions.add(new Decision.Waits(request.job(), "waits behind job " + ahead.job()));
                continue;
            }
            List<GroomId> grooms = policy.place(effective(request, cluster), left);
            if (grooms == null) {
                ahead = request;
                decisions.add(new Decision.Waits(request.job(), whyNow(request, left)));
            } else if (request.ready()) {
                take(left, grooms);
                decisions.add(new Decision.Placed(request.job(), grooms));
            } else {
                // its room is kept for it; a process that cannot be killed must not keep the rest of the cluster
                decisions.add(new Decision.Waits(request.job(), whyNow(request, left)));
                take(left, grooms);
            }
        }
        return decisions;
    }

    /** Why the job could not run even if all slots were free; null if it could. */
    private static String whyNever(PlacementRequest request, List<GroomView> cluster) {
        int all = 0;
        int matching = 0;
        for (GroomView groom : cluster) {
            all += groom.slots();
            if (request.selector().matches(groom.labels())) {
                matching += groom.slots();
            }
        }
        int wanted = request.held() + request.tasks().size();
        if (matching >= wanted) {
            return null;
        }
        if (matching == all) {
            return "needs " + slots(wanted) + ", cluster has " + all;
        }
        return matching == 0
                ? "selector " + request.selector() + " not satisfied"
                : "needs " + slots(wanted) + ", grooms that satisfy selector " + request.selector() + " have "
                        + matching;
    }

    private static String whyNow(PlacementRequest request, List<GroomView> left) {
        if (!request.ready()) {
            return "waits for processes of its last generation to end";
        }
        int free = 0;
        for (GroomView groom : left) {
            if (request.allows(groom)) {
                free += Math.max(0, groom.free());
            }
        }
        String without = request.without().isEmpty()
                ? ""
                : " without " + text(request.without()) + ", where the job has lost links twice";
        return "needs " + slots(request.tasks().size()) + ", " + free + " free" + without;
    }

    private static String text(SortedSet<GroomId> grooms) {
        return grooms.stream().map(GroomId::value).collect(Collectors.joining(" and "));
    }

    private static String slots(int count) {
        return count == 1 ? "1 slot" : count + " slots";
    }

    /** Drops what tasks would avoid where the job could then not run even on the empty cluster: there is no other groom. */
    private PlacementRequest effective(PlacementRequest request, List<GroomView> cluster) {
        boolean picky = false;
        for (TaskWish wish : request.tasks()) {
            picky |= !wish.avoid().isEmpty();
        }
        if (!picky) {
            return request;
        }
        List<GroomView> empty = new ArrayList<>();
        for (GroomView groom : cluster) {
            empty.add(new GroomView(groom.id(), groom.slots(), groom.slots(), groom.labels(), groom.load()));
        }
        if (policy.place(request, empty) != null) {
            return request;
        }
        List<TaskWish> wishes = new ArrayList<>();
        for (TaskWish wish : request.tasks()) {
            wishes.add(new TaskWish(wish.prefer(), List.of()));
        }
        return new PlacementRequest(
                request.job(),
                request.number(),
                request.priority(),
                request.selector(),
                request.without(),
                request.ready(),
                request.held(),
                wishes);
    }

    private static void take(List<GroomView> left, List<GroomId> grooms) {
        TreeMap<GroomId, Integer> taken = new TreeMap<>();
        for (GroomId groom : grooms) {
            taken.merge(groom, 1, Integer::sum);
        }
        left.replaceAll(groom -> new GroomView(
                groom.id(),
                groom.slots(),
                groom.free() - taken.getOrDefault(groom.id(), 0),
                groom.labels(),
                groom.load()));
    }
}
