package io.valiant.graph.fake;

/** What the tasks of a {@link FakeJob} talk over. */
public enum Network {
    /** Arrays, with chance delays at barriers. */
    FAKE,
    /** The links of local mode. */
    MEMORY,
    /** The links of a cluster, on this host. */
    TCP
}
