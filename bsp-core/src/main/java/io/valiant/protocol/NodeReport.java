package io.valiant.protocol;

/**
 * A node's health and load as its NodeManager reads them.
 *
 * @param processors of the machine
 * @param cpuLoad 0 to 1; -1 before the first reading
 * @param memoryTotalBytes of the machine
 * @param memoryAvailableBytes of the machine
 * @param diskPath {@code bsp.local.dir}
 * @param diskTotalBytes there
 * @param diskFreeBytes there
 * @param diskWritable whether a file could be written there
 * @param unhealthy why tasks should not run here, or null
 * @param tasks running
 */
public record NodeReport(
        int processors,
        double cpuLoad,
        long memoryTotalBytes,
        long memoryAvailableBytes,
        String diskPath,
        long diskTotalBytes,
        long diskFreeBytes,
        boolean diskWritable,
        String unhealthy,
        int tasks) {
    /** Before the first reading. */
    public static final NodeReport NONE = new NodeReport(0, -1, 0, 0, "", 0, 0, true, null, 0);

    /** The same with that number of running tasks. */
    public NodeReport withTasks(int running) {
        return new NodeReport(
                processors,
                cpuLoad,
                memoryTotalBytes,
                memoryAvailableBytes,
                diskPath,
                diskTotalBytes,
                diskFreeBytes,
                diskWritable,
                unhealthy,
                running);
    }
}
