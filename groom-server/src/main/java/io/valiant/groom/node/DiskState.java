package io.valiant.groom.node;

/**
 * What a look at {@code bsp.local.dir} found.
 *
 * @param writable whether a file could be written and removed
 * @param problem why tasks should not run here, in one line; or null
 */
public record DiskState(long totalBytes, long freeBytes, boolean writable, String problem) {}
