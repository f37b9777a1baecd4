package io.valiant.groom.core;

import java.util.Objects;

/**
 * Where a groom is reached, known once its servers have bound their ports.
 *
 * @param rpcHost of the worker server
 * @param rpcPort of the worker server
 * @param http of its pages, {@code host:port}; empty where there are none
 * @param report of the task-report server, {@code unix:/path} or {@code host:port}
 */
public record GroomAddresses(String rpcHost, int rpcPort, String http, String report) {
    public GroomAddresses {
        Objects.requireNonNull(rpcHost, "rpcHost");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(report, "report");
    }
}
