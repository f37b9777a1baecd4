package io.valiant.master.schedule;

import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import java.util.List;

/** What became of a {@link PlacementRequest}. */
public sealed interface Decision {
    /** The job it is about. */
    JobId job();

    /** A groom for each task of the request, in its order. */
    record Placed(JobId job, List<GroomId> grooms) implements Decision {
        public Placed {
            grooms = List.copyOf(grooms);
        }
    }

    /** Not now; the reason is for people. */
    record Waits(JobId job, String reason) implements Decision {}
}
