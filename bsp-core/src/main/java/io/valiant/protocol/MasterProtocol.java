package io.valiant.protocol;

import java.util.concurrent.CompletableFuture;

/** What grooms tell a master. No method waits; safe in any thread. A failed future means: not answered, send again. */
public interface MasterProtocol {
    CompletableFuture<RegistrationReply> register(GroomRegistration registration);

    CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat);

    /** Answered when what the reports changed is stored. */
    CompletableFuture<ReportReply> report(GroomReportMessage message);
}
