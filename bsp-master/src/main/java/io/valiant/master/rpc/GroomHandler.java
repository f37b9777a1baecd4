package io.valiant.master.rpc;

import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.protocol.ipc.GroomMessages;
import io.valiant.protocol.ipc.IpcServer;
import io.valiant.protocol.ipc.MasterMessages;
import io.valiant.protocol.proto.Calls.Answer;
import io.valiant.protocol.proto.Grooms;
import org.apache.hadoop.thirdparty.protobuf.RpcController;

/** Translates grooms' calls. */
final class GroomHandler implements Grooms.MasterService.BlockingInterface {
    private final MasterCalls calls;

    GroomHandler(MasterCalls calls) {
        this.calls = calls;
    }

    @Override
    public Answer register(RpcController controller, Grooms.Registration request) {
        return IpcServer.<RegistrationReply>later(
                () -> FutureAnswer.of(answer -> calls.register(GroomMessages.read(request), answer)),
                MasterMessages::write);
    }

    @Override
    public Answer heartbeat(RpcController controller, Grooms.Heartbeat request) {
        return IpcServer.<HeartbeatReply>later(
                () -> FutureAnswer.of(answer -> calls.heartbeat(GroomMessages.read(request), answer)),
                MasterMessages::write);
    }

    @Override
    public Answer report(RpcController controller, Grooms.ReportMessage request) {
        return IpcServer.<ReportReply>later(
                () -> FutureAnswer.of(answer -> calls.report(GroomMessages.read(request), answer)),
                MasterMessages::write);
    }
}
