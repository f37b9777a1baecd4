package io.valiant.protocol.ipc;

import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.MasterProtocol;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.protocol.proto.Grooms;
import java.util.concurrent.CompletableFuture;

/** {@link MasterProtocol} over a channel. */
final class MasterCalls implements MasterProtocol {
    private final Channel<MasterPB> channel;

    MasterCalls(Channel<MasterPB> channel) {
        this.channel = channel;
    }

    @Override
    public CompletableFuture<RegistrationReply> register(GroomRegistration registration) {
        Grooms.Registration request = GroomMessages.write(registration);
        return channel.call(
                proxy -> proxy.register(null, request), Grooms.RegistrationReply.parser(), MasterMessages::read);
    }

    @Override
    public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
        Grooms.Heartbeat request = GroomMessages.write(heartbeat);
        return channel.call(
                proxy -> proxy.heartbeat(null, request), Grooms.HeartbeatReply.parser(), MasterMessages::read);
    }

    @Override
    public CompletableFuture<ReportReply> report(GroomReportMessage message) {
        Grooms.ReportMessage request = GroomMessages.write(message);
        return channel.call(proxy -> proxy.report(null, request), Grooms.ReportReply.parser(), MasterMessages::read);
    }
}
