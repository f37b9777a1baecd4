package io.valiant.master.schedule;

import io.valiant.id.GroomId;
import java.util.List;

/** Chooses grooms for the tasks of one job. Pure: the same request and cluster give the same placement in any JVM. */
public interface PlacementPolicy {
    /**
     * A groom for each task of the request, in its order, within their free slots and the request's selector; null if not all
     * tasks find one.
     *
     * @param cluster in order of names
     */
    List<GroomId> place(PlacementRequest request, List<GroomView> cluster);
}
