package io.valiant.bsp;

/**
 * One master of the cluster; in JSON this record in snake_case.
 *
 * @param name what it is called
 * @param address where clients and grooms reach it, {@code host:port}
 * @param http where browsers reach it, {@code host:port}
 * @param isLeader whether it leads
 * @param epoch of its leadership; 0 while it does not lead
 */
public record MasterStatus(String name, String address, String http, boolean isLeader, long epoch) {}
