package io.valiant.simulator;

import io.valiant.io.RetryWindow;
import io.valiant.simulator.engine.SimProcess;

/**
 * The way to the shared file system: at times it answers nobody. Who is not answered tries again as children and the
 * master's workers do, and gives up when the window is over.
 */
final class SimStorage {
    private final World world;
    private boolean away;

    SimStorage(World world) {
        this.world = world;
    }

    boolean isAway() {
        return away;
    }

    void away(boolean now) {
        away = now;
    }

    /** Does something as soon as storage answers, at the latest when the window is over; else tells that it gave up. */
    void reach(SimProcess by, Runnable done, Runnable gaveUp) {
        if (away) {
            long nowNs = by.clockNs();
            again(by, new RetryWindow(world.plan().nodes().retryWindowNs(), nowNs), nowNs, done, gaveUp);
        } else {
            done.run();
        }
    }

    /** Does something as soon as storage answers, however long that takes. */
    void reachAtLast(SimProcess by, Runnable done) {
        long nowNs = by.clockNs();
        again(by, new RetryWindow(RetryWindow.FOR_EVER, nowNs), nowNs, done, () -> {});
    }

    private void again(SimProcess by, RetryWindow window, long sinceNs, Runnable done, Runnable gaveUp) {
        if (!away) {
            done.run();
            return;
        }
        long pauseNs = window.nextPauseNs(by.clockNs());
        if (pauseNs == RetryWindow.GIVE_UP) {
            judge(by, by.clockNs() - sinceNs);
            gaveUp.run();
        } else {
            world.agenda().after(pauseNs, "try-again", () -> by.meet(() -> again(by, window, sinceNs, done, gaveUp)));
        }
    }

    /** I3: storage that is away for less than the window is no failure. */
    private void judge(SimProcess by, long triedNs) {
        if (triedNs < world.plan().nodes().retryWindowNs()) {
            throw new Violation(
                    "I3",
                    by + " gives up on storage after " + triedNs / 1_000_000 + " ms of "
                            + world.plan().nodes().retryWindowNs() / 1_000_000);
        }
        world.oracle().count("storage_failures");
    }
}
