package io.valiant.transport;

import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import java.nio.file.Path;

/**
 * What a peer is told about links to peers of its own machine.
 *
 * @param transport which way
 * @param folder where they meet, see {@link PeerFolder}; null if there is none
 * @param attempt under which this peer is known; null where there are no such links
 */
public record LocalLinks(PeerTransport transport, Path folder, AttemptId attempt) {
    /** All links go by TCP. */
    public static final LocalLinks NONE = new LocalLinks(PeerTransport.TCP, null, null);
}
