package io.valiant.protocol.ipc;

import io.valiant.id.AttemptId;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.proto.Calls;
import io.valiant.protocol.proto.Grooms;
import java.util.concurrent.CompletableFuture;

/** {@link GroomProtocol} over a channel. */
final class GroomCalls implements GroomProtocol {
    private final Channel<GroomPB> channel;

    GroomCalls(Channel<GroomPB> channel) {
        this.channel = channel;
    }

    @Override
    public CompletableFuture<DirectiveReply> direct(DirectiveBatch batch) {
        Grooms.DirectiveBatch request = MasterMessages.write(batch);
        return channel.call(proxy -> proxy.direct(null, request), Grooms.DirectiveReply.parser(), MasterMessages::read);
    }

    @Override
    public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
        Calls.LogRequest request = ClientMessages.logRequest(attempt, stream, offset, length);
        return channel.call(proxy -> proxy.readLog(null, request), Calls.LogChunk.parser(), ClientMessages::read);
    }

    @Override
    public CompletableFuture<String> threads(AttemptId attempt) {
        Calls.AttemptRequest request = ClientMessages.attemptRequest(attempt);
        return channel.call(proxy -> proxy.threads(null, request), Calls.Text.parser(), Calls.Text::getText);
    }
}
