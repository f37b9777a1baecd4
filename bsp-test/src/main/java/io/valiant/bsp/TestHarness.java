package io.valiant.bsp;

import io.valiant.exchange.ExchangeConfig;
import io.valiant.local.LocalHarness;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.task.PeerLinks;
import java.util.List;
import java.util.SplittableRandom;

/** What {@link BspTest} makes of a local job. */
final class TestHarness implements LocalHarness {
    private final int tasks;
    private final SplittableRandom chance;
    private final CheckpointTimes checkpoints;
    private final List<Kill> kills;
    private final boolean anyOrder;
    private final TestRecorder recorder;

    /** Of the present generation. */
    private volatile TestNetwork network;

    /** @param kills loses each that is carried out; may be used by several threads */
    TestHarness(
            int tasks,
            long seed,
            CheckpointTimes checkpoints,
            List<Kill> kills,
            boolean anyOrder,
            TestRecorder recorder) {
        this.tasks = tasks;
        this.chance = new SplittableRandom(seed);
        this.checkpoints = checkpoints;
        this.kills = kills;
        this.anyOrder = anyOrder;
        this.recorder = recorder;
    }

    @Override
    public void begins(long generation) {
        network = new TestNetwork(tasks, generation, chance.split(), recorder, kills, anyOrder);
    }

    @Override
    public PeerLinks links(int task, ExchangeConfig exchange) {
        return new TurnLinks(network, task, exchange);
    }

    @Override
    public CheckpointTimes checkpoints() {
        return checkpoints;
    }

    @Override
    public void ended(int task) {
        network.turns().leave(task);
    }

    @Override
    public boolean isDeath(int task, Cause cause) {
        return network.isDead(task);
    }
}
