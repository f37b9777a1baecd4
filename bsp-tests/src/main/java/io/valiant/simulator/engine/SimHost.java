package io.valiant.simulator.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A machine: its processes by pid, its ports, its cable. Pids and ports are given again soon, as on machines that have run
 * for long.
 */
public final class SimHost {
    private static final int PIDS = 40;
    private static final int PORTS = 24;
    private static final int FIRST_PORT = 30_000;

    private final int index;
    private final String name;
    private final SimRandom random;
    private final TreeMap<Long, SimProcess> processes = new TreeMap<>();
    private final TreeMap<Integer, SimProcess> ports = new TreeMap<>();
    private final TreeSet<String> folders = new TreeSet<>();
    private boolean diskFull;
    private int slowness = 1;

    public SimHost(int index, String name, SimRandom random) {
        this.index = index;
        this.name = name;
        this.random = random;
    }

    public int index() {
        return index;
    }

    /** A pid nobody has at present. */
    public long startPid(SimProcess process) {
        long pid = 100L + random.below(PIDS);
        while (processes.containsKey(pid)) {
            pid++;
        }
        processes.put(pid, process);
        return pid;
    }

    /** The process of that pid goes on as another. */
    public void handPid(long pid, SimProcess to) {
        processes.put(pid, to);
    }

    public void endPid(long pid) {
        processes.remove(pid);
    }

    /** Processes started here that are alive. */
    public List<SimProcess> processes() {
        return new ArrayList<>(processes.values());
    }

    /** Binds a port nobody has at present. */
    public int bind(SimProcess process) {
        int port = FIRST_PORT + random.below(PORTS);
        while (ports.containsKey(port)) {
            port++;
        }
        ports.put(port, process);
        return port;
    }

    /** Binds that port. */
    public void bind(int port, SimProcess process) {
        ports.put(port, process);
    }

    /** Frees that port if the process has it. */
    public void unbind(int port, SimProcess process) {
        ports.remove(port, process);
    }

    /** Who listens there, or null. */
    public SimProcess listener(int port) {
        return ports.get(port);
    }

    /** How many times longer all takes here than it should. */
    public int slowness() {
        return slowness;
    }

    public void slow(int times) {
        slowness = times;
    }

    /** Something makes a folder on the local disk. */
    public void addFolder(String folder) {
        folders.add(folder);
    }

    public void removeFolder(String folder) {
        folders.remove(folder);
    }

    /** Folders on the local disk, in order of names. */
    public List<String> folders() {
        return new ArrayList<>(folders);
    }

    /** Whether its local disk is full. */
    public boolean isDiskFull() {
        return diskFull;
    }

    public void diskFull(boolean full) {
        diskFull = full;
    }

    @Override
    public String toString() {
        return name;
    }
}
