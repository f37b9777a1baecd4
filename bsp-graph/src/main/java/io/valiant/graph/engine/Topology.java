package io.valiant.graph.engine;

/**
 * What a task makes of a graph when it loads it. Never changed, and it knows nothing of exchange or program: so a JVM that is
 * kept after a failure can go on with it.
 *
 * @param origin the attempt and generation that loaded it: the same origin, the same contents
 * @param ranking of the ids; null where these are numbers or the program has no use for labels
 */
record Topology(String origin, Partition partition, LabelOrder.Ranking ranking) {
    /** What it is kept under, see {@link io.valiant.task.TaskContext#keep}. */
    static String keptName(String origin) {
        return "topology " + origin;
    }
}
