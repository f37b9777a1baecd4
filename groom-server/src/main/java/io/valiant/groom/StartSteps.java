package io.valiant.groom;

import io.valiant.bsp.BspException;
import io.valiant.bsp.GroomStatus;
import io.valiant.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a groom's start: done in order by one thread, each logged and kept with its time. Read by any thread. */
final class StartSteps {
    private static final Logger LOG = LoggerFactory.getLogger(StartSteps.class);
    private static final long MILLI_NS = 1_000_000L;

    private final String owner;
    private final Clock clock;
    private final CopyOnWriteArrayList<GroomStatus.Step> done = new CopyOnWriteArrayList<>();

    StartSteps(String owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
    }

    /** What a step does. */
    interface Action {
        void run() throws BspException, IOException, InterruptedException;
    }

    void run(String name, Action action) throws BspException, IOException, InterruptedException {
        long beganNs = clock.nanoTime();
        action.run();
        int number = done.size() + 1;
        long tookMs = (clock.nanoTime() - beganNs) / MILLI_NS;
        done.add(new GroomStatus.Step(number, name, clock.wallTime(), tookMs));
        LOG.info("[{}] step {}: {} ({} ms)", owner, number, name, tookMs);
    }

    List<GroomStatus.Step> done() {
        return List.copyOf(done);
    }
}
