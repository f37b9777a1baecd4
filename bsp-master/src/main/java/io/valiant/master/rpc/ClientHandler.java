package io.valiant.master.rpc;

import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.CallException;
import io.valiant.protocol.Submission;
import io.valiant.protocol.ipc.ClientMessages;
import io.valiant.protocol.ipc.IpcServer;
import io.valiant.protocol.ipc.JobMessages;
import io.valiant.protocol.proto.Calls.Answer;
import io.valiant.protocol.proto.Calls.AttemptRequest;
import io.valiant.protocol.proto.Calls.LogRequest;
import io.valiant.protocol.proto.Calls.Nothing;
import io.valiant.protocol.proto.Clients;
import io.valiant.protocol.proto.Jobs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;
import org.apache.hadoop.thirdparty.protobuf.RpcController;

/** Translates clients' calls. The user is the one that the connection names, whatever the message says. */
final class ClientHandler implements Clients.ClientService.BlockingInterface {
    private static final Nothing NOTHING = Nothing.getDefaultInstance();

    private final MasterCalls calls;
    private final Queries queries;
    private final LogRelay logs;
    private final Executor documents;

    /** @param documents makes statuses that are answered later: the thread that ends a wait has better to do */
    ClientHandler(MasterCalls calls, Queries queries, LogRelay logs, Executor documents) {
        this.calls = calls;
        this.queries = queries;
        this.logs = logs;
        this.documents = documents;
    }

    @Override
    public Answer submit(RpcController controller, Jobs.JobSpec request) {
        String user = IpcServer.caller();
        return IpcServer.later(
                () -> FutureAnswer.<MasterReply.Submitted>of(
                        answer -> calls.submit(JobMessages.read(request, user), answer)),
                reply -> ClientMessages.write(new Submission(reply.job(), reply.existed())));
    }

    @Override
    public Answer job(RpcController controller, Clients.JobRequest request) {
        return now(() -> queries.job(new JobId(request.getJob())), ClientMessages::document);
    }

    @Override
    public Answer jobs(RpcController controller, Clients.JobQuery request) {
        return now(() -> queries.jobs(ClientMessages.read(request)), ClientMessages::write);
    }

    @Override
    public Answer awaitEnd(RpcController controller, Clients.AwaitRequest request) {
        return IpcServer.later(
                () -> {
                    JobId job = new JobId(request.getJob());
                    Duration atMost = Duration.ofNanos(Math.max(0, request.getAtMostNs()));
                    return FutureAnswer.<MasterReply.Ended>of(answer -> calls.awaitEnd(job, atMost, answer))
                            .thenComposeAsync(ended -> computed(() -> queries.job(job)), documents);
                },
                ClientMessages::document);
    }

    @Override
    public Answer cancel(RpcController controller, Clients.JobRequest request) {
        String user = IpcServer.caller();
        return IpcServer.later(
                () -> FutureAnswer.<MasterReply.Done>of(
                        answer -> calls.cancel(new JobId(request.getJob()), user, answer)),
                done -> NOTHING);
    }

    @Override
    public Answer delete(RpcController controller, Clients.JobRequest request) {
        String user = IpcServer.caller();
        return IpcServer.later(
                () -> FutureAnswer.<MasterReply.Done>of(
                        answer -> calls.delete(new JobId(request.getJob()), user, answer)),
                done -> NOTHING);
    }

    @Override
    public Answer supersteps(RpcController controller, Clients.SuperstepsRequest request) {
        return IpcServer.later(
                () -> {
                    if (request.getLast() < 1) {
                        throw new IllegalArgumentException("the last " + request.getLast() + " supersteps: at least 1");
                    }
                    return FutureAnswer.<MasterReply.Supersteps>of(
                            answer -> calls.supersteps(new JobId(request.getJob()), request.getLast(), answer));
                },
                reply -> ClientMessages.documents(reply.steps()));
    }

    @Override
    public Answer masters(RpcController controller, Nothing request) {
        return now(queries::masters, ClientMessages::documents);
    }

    @Override
    public Answer configuration(RpcController controller, Nothing request) {
        return now(queries::configuration, ClientMessages::pairs);
    }

    @Override
    public Answer threads(RpcController controller, AttemptRequest request) {
        return IpcServer.later(() -> logs.threads(AttemptId.parse(request.getAttempt())), ClientMessages::text);
    }

    @Override
    public Answer endAttempt(RpcController controller, Clients.EndAttemptRequest request) {
        String user = IpcServer.caller();
        return IpcServer.later(
                () -> FutureAnswer.<MasterReply.Done>of(answer ->
                        calls.endAttempt(AttemptId.parse(request.getAttempt()), request.getFail(), user, answer)),
                done -> NOTHING);
    }

    @Override
    public Answer stopAttempt(RpcController controller, Clients.StopAttemptRequest request) {
        String user = IpcServer.caller();
        return IpcServer.later(
                () -> FutureAnswer.<MasterReply.Done>of(
                        answer -> calls.stopAttempt(AttemptId.parse(request.getAttempt()), user, answer)),
                done -> NOTHING);
    }

    @Override
    public Answer resumeTask(RpcController controller, Clients.ResumeTaskRequest request) {
        String user = IpcServer.caller();
        return IpcServer.later(
                () -> FutureAnswer.<MasterReply.Done>of(
                        answer -> calls.resumeTask(new JobId(request.getJob()), request.getTask(), user, answer)),
                done -> NOTHING);
    }

    @Override
    public Answer drainGroom(RpcController controller, Clients.GroomRequest request) {
        return groomVerb(request, calls::drainGroom);
    }

    @Override
    public Answer undrainGroom(RpcController controller, Clients.GroomRequest request) {
        return groomVerb(request, calls::undrainGroom);
    }

    @Override
    public Answer removeGroom(RpcController controller, Clients.GroomRequest request) {
        return groomVerb(request, calls::removeGroom);
    }

    private static Answer groomVerb(Clients.GroomRequest request, GroomVerb verb) {
        String user = IpcServer.caller();
        return IpcServer.later(
                () -> FutureAnswer.<MasterReply.Done>of(
                        answer -> verb.ask(new GroomId(request.getGroom()), user, answer)),
                done -> NOTHING);
    }

    @Override
    public Answer grooms(RpcController controller, Nothing request) {
        return now(queries::grooms, ClientMessages::documents);
    }

    @Override
    public Answer groom(RpcController controller, Clients.GroomRequest request) {
        return now(() -> queries.groom(new GroomId(request.getGroom())), ClientMessages::document);
    }

    @Override
    public Answer cluster(RpcController controller, Nothing request) {
        return now(queries::cluster, ClientMessages::document);
    }

    @Override
    public Answer readLog(RpcController controller, LogRequest request) {
        return IpcServer.later(
                () -> logs.read(
                        AttemptId.parse(request.getAttempt()),
                        ClientMessages.stream(request),
                        request.getOffset(),
                        request.getLength()),
                ClientMessages::write);
    }

    private static <T> Answer now(Query<T> query, Function<? super T, ? extends MessageLite> body) {
        return IpcServer.later(() -> computed(query), body);
    }

    private static <T> CompletableFuture<T> computed(Query<T> query) {
        try {
            return CompletableFuture.completedFuture(query.answer());
        } catch (CallException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Something that is done to a groom. */
    @FunctionalInterface
    private interface GroomVerb {
        void ask(GroomId groom, String user, io.valiant.master.rpc.Answer<MasterReply.Done> answer);
    }

    /** Answered at once from the snapshot. */
    @FunctionalInterface
    private interface Query<T> {
        T answer() throws CallException;
    }
}
