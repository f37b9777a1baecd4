package io.valiant.bsp;

import java.time.Duration;
import java.util.List;

/** Follows the jobs of a cluster; made by {@link Cluster#watch}. Used by one thread at a time. Needs no closing. */
public interface JobWatch {
    /**
     * The jobs that have changed since the last call, each as it is now, in the order of submission; of the first call: all that the
     * leader remembers. A change is another state, phase, reason, superstep, generation or checkpoint; a job that has changed
     * several times is told once. It is seen within a second or so: the leader
     * is asked once a second at most, however often this is called. A job that is forgotten is not told any more.
     *
     * @param atMost to wait for a change if none is known yet
     * @return empty if no change was seen by then
     * @throws BspException as the calls of a {@link Cluster}; the watch may be asked again, and has missed nothing
     */
    List<JobStatus> next(Duration atMost) throws BspException;
}
