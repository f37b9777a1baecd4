package io.valiant.chaos.scenario;

import io.valiant.chaos.cluster.ClusterShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scenario put together from its parts. Set up by the thread that makes the catalogue, then not changed. */
public final class Described implements Scenario {
    /** What is done in a run. */
    public interface Action {
        void run(Trial trial) throws IOException;
    }

    /** Why a machine cannot do it. */
    public interface Obstacle {
        Optional<String> find() throws IOException;
    }

    private final String name;
    private final String does;
    private final List<Limit> limits = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private String holds = "";
    private ClusterShape cluster = ClusterShape.quick();
    private int runs = 1;
    private boolean judgesTimes;
    private Action action;

    private Described(String name, String does) {
        this.name = name;
        this.does = does;
    }

    /** A scenario of that name which does this. */
    public static Described scenario(String name, String does) {
        return new Described(name, does);
    }

    /** Says what must hold. */
    public Described holds(String text) {
        holds = text;
        return this;
    }

    /** On a cluster other than the usual quick one. */
    public Described on(ClusterShape shape) {
        cluster = shape;
        return this;
    }

    /** So often. */
    public Described runs(int count) {
        runs = count;
        return this;
    }

    /** With a bound on a figure. */
    public Described limit(String figure, int percentile, long ms) {
        limits.add(new Limit(figure, percentile, ms));
        return this;
    }

    /** A figure over its limit is a violation. */
    public Described judgesTheTimes() {
        judgesTimes = true;
        return this;
    }

    /** Only where there is no such obstacle. */
    public Described unless(Obstacle obstacle) {
        obstacles.add(obstacle);
        return this;
    }

    /** Done like this. */
    public Described by(Action what) {
        action = what;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String does() {
        return does;
    }

    @Override
    public String holds() {
        return holds;
    }

    @Override
    public ClusterShape cluster() {
        return cluster;
    }

    @Override
    public int runs() {
        return runs;
    }

    @Override
    public List<Limit> limits() {
        return List.copyOf(limits);
    }

    @Override
    public boolean judgesTimes() {
        return judgesTimes;
    }

    @Override
    public Optional<String> obstacle() throws IOException {
        for (Obstacle obstacle : obstacles) {
            Optional<String> found = obstacle.find();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public void run(Trial trial) throws IOException {
        action.run(trial);
    }
}
