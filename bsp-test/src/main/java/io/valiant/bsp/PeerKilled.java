package io.valiant.bsp;

/**
 * Ends a peer as a kill would end its process. An Error, so that no program that handles its exceptions goes on after it.
 */
@SuppressWarnings("serial")
final class PeerKilled extends Error {
    PeerKilled(int task, long superstep) {
        super("task " + task + " was killed by the test in superstep " + superstep);
    }
}
