package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.JobId;
import io.valiant.time.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** Peers of one job, each linked to each in memory, whose turns a test makes; time passes only where the test says so. */
public final class LinkedPeers implements AutoCloseable {
    private final FakeTime time;
    private final List<Transport> transports = new ArrayList<>();
    private final List<LinkGroup> groups = new ArrayList<>();

    /**
     * @param wrap makes what carries the links of a transport in memory
     * @param pool of all of them
     * @param listeners who hears what comes, by index
     */
    public LinkedPeers(
            int peers,
            FakeTime time,
            UnaryOperator<Transport> wrap,
            FramePool pool,
            IntFunction<LinkListener> listeners) {
        this.time = time;
        MemoryNetwork network = new MemoryNetwork();
        for (int i = 0; i < peers; i++) {
            transports.add(wrap.apply(network.bind()));
        }
        for (int i = 0; i < peers; i++) {
            groups.add(group(i, pool, listeners.apply(i)));
        }
    }

    private LinkGroup group(int self, FramePool pool, LinkListener listener) {
        LinkIdentity first = new LinkIdentity(new JobId("job_c_1"), 5, 0, 1, "s");
        List<LinkAddress> addresses = new ArrayList<>();
        for (int i = 0; i < transports.size(); i++) {
            Transport at = transports.get(i);
            LinkAddress address = new LinkAddress(first.peer(i, 1), at.host(), at.port(), transports.size());
            addresses.add(i == self ? null : address);
        }
        return new LinkGroup(
                first.peer(self, 1),
                addresses,
                LinkTimes.DEFAULT,
                transports.get(self),
                new LinkDoor(transports.get(self)),
                pool,
                (frame, peer) -> {},
                listener,
                time.nanoTime());
    }

    /** Lets time pass until all links are up; nobody needs to be awaited for it. */
    public void connect() throws Exception {
        for (int turn = 0; turn < 1000 && !areUp(); turn++) {
            for (LinkGroup group : groups) {
                group.step(time.nanoTime(), true, false);
            }
            time.pass(Duration.ofMillis(1));
        }
        assertThat(areUp()).isTrue();
    }

    public boolean areUp() {
        return groups.stream().allMatch(LinkGroup::isUp);
    }

    /** The links of a peer. */
    public LinkGroup of(int peer) {
        return groups.get(peer);
    }

    @Override
    public void close() {
        groups.forEach(LinkGroup::close);
        transports.forEach(Transport::close);
    }
}
