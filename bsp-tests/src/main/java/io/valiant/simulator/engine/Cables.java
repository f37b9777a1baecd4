package io.valiant.simulator.engine;

import java.util.List;

/** Which host reaches which: one-way cuts, and how long a packet takes. */
public final class Cables {
    private final List<SimHost> hosts;
    private final boolean[][] cut;
    private final SimRandom random;
    private final long latencyNs;
    private final long localNs;

    /**
     * @param latencyNs between two hosts, on average
     * @param localNs within one
     */
    public Cables(List<SimHost> hosts, SimRandom random, long latencyNs, long localNs) {
        this.hosts = List.copyOf(hosts);
        this.cut = new boolean[hosts.size()][hosts.size()];
        this.random = random;
        this.latencyNs = latencyNs;
        this.localNs = localNs;
    }

    public List<SimHost> hosts() {
        return hosts;
    }

    public boolean reaches(SimHost from, SimHost to) {
        return !cut[from.index()][to.index()];
    }

    /** Nothing gets from one to the other, and nobody is told. */
    public void cut(SimHost from, SimHost to) {
        if (from != to) {
            cut[from.index()][to.index()] = true;
        }
    }

    public void heal(SimHost from, SimHost to) {
        cut[from.index()][to.index()] = false;
    }

    public void healAll() {
        for (boolean[] row : cut) {
            java.util.Arrays.fill(row, false);
        }
    }

    /** How long the next packet takes. */
    public long latencyNs(SimHost from, SimHost to) {
        return random.around(from == to ? localNs : latencyNs) + 1_000;
    }
}
