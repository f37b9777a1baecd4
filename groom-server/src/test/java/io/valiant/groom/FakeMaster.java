package io.valiant.groom;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.MasterProtocol;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A master in the groom's own process that accepts everything, or fences. Directives are pushed by the test. */
final class FakeMaster implements GroomLinks, MasterProtocol {
    static final Intervals INTERVALS = new Intervals(200_000_000L, 2_000_000_000L, 3_000_000_000L);

    final LinkedBlockingQueue<GroomRegistration> registrations = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Heartbeat> heartbeats = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<GroomReport> reports = new LinkedBlockingQueue<>();
    volatile boolean fencing;

    private volatile GroomProtocol groom;
    private long directives;

    @Override
    public int startWeb(HostPort bind, Supplier<GroomSnapshot> snapshot, Supplier<GroomProtocol> calls) {
        return 81;
    }

    @Override
    public int startWorker(HostPort bind, GroomProtocol calls) throws BspException {
        groom = calls;
        return 82;
    }

    @Override
    public MasterProtocol master() {
        return this;
    }

    @Override
    public void close() {}

    GroomProtocol groom() {
        return groom;
    }

    DirectiveReply push(Directive... given) throws Exception {
        DirectiveReply reply = groom.direct(new DirectiveBatch(1, incarnation(), directives + 1, List.of(given)))
                .get(10, TimeUnit.SECONDS);
        directives += given.length;
        return reply;
    }

    private long incarnation() {
        return registrations.size();
    }

    @Override
    public CompletableFuture<RegistrationReply> register(GroomRegistration registration) {
        fencing = false;
        directives = 0;
        registrations.add(registration);
        return CompletableFuture.completedFuture(new RegistrationReply.Accepted(1, incarnation(), INTERVALS));
    }

    @Override
    public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
        heartbeats.add(heartbeat);
        if (fencing) {
            return CompletableFuture.completedFuture(new HeartbeatReply.Fenced(1, "it was LOST"));
        }
        return CompletableFuture.completedFuture(new HeartbeatReply.Accepted(
                1, INTERVALS, new DirectiveBatch(1, incarnation(), heartbeat.directivesApplied() + 1, List.of())));
    }

    @Override
    public CompletableFuture<ReportReply> report(GroomReportMessage message) {
        reports.addAll(message.reports());
        return CompletableFuture.completedFuture(new ReportReply.Accepted(1));
    }

    <T extends GroomReport> T report(Class<T> type) throws InterruptedException {
        GroomReport report = reports.poll(20, TimeUnit.SECONDS);
        if (!type.isInstance(report)) {
            throw new AssertionError("wanted " + type.getSimpleName() + ", got " + report);
        }
        return type.cast(report);
    }
}
