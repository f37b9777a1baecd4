package io.valiant.master.web;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.fasterxml.jackson.core.type.TypeReference;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.MasterStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.http.ApiRequest;
import io.valiant.http.HttpError;
import io.valiant.http.RawAnswer;
import io.valiant.http.Route;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterReply;
import io.valiant.master.rpc.Answer;
import io.valiant.master.rpc.FutureAnswer;
import io.valiant.master.rpc.LogRelay;
import io.valiant.master.rpc.MasterCalls;
import io.valiant.master.rpc.Queries;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClusterEvent;
import io.valiant.protocol.ClusterStatus;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.PlacementTrial;
import io.valiant.protocol.RollBackStatus;
import io.valiant.protocol.StatusJson;
import io.valiant.protocol.SuperstepTimeline;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The routes of {@code /api/v1}: the documents of the command line, and what it can do, over HTTP. */
final class MasterApi {
    /** Without authentication nobody is known by name. */
    private static final String USER = "http";

    private final Queries queries;
    private final MasterCalls calls;
    private final LogRelay relay;
    private final Submissions submissions;
    private final Chronicle chronicle;

    /** A page of jobs; the token is null at the end. */
    record Jobs(List<JobStatus> jobs, String nextPageToken) {}

    /** What was asked is stored. */
    record Done(boolean done) {}

    MasterApi(Queries queries, MasterCalls calls, LogRelay relay, Submissions submissions, Chronicle chronicle) {
        this.chronicle = chronicle;
        this.queries = queries;
        this.calls = calls;
        this.relay = relay;
        this.submissions = submissions;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        jobs(routes);
        partsOfJobs(routes);
        attempts(routes);
        grooms(routes);
        cluster(routes);
        routes.forEach(route -> route.refuses(503, "this master does not lead, or did not answer in time"));
        return routes;
    }

    private void jobs(List<Route> routes) {
        routes.add(new Route("GET", "/jobs", "listJobs", "Jobs in the order of their submission", this::page)
                .query("page_size", "integer", "most jobs in the answer, 1 to " + JobQuery.MAX_LIMIT)
                .query("page_token", "string", "next_page_token of the page before")
                .query("state", "string", "only jobs in that state")
                .query("user", "string", "only jobs of that user")
                .gives(Jobs.class));
        routes.add(new Route(
                        "POST",
                        "/jobs",
                        "submitJob",
                        "Submits a job; answered when it is stored",
                        request -> submissions.submit(request, USER))
                .takes(Route.Body.MULTIPART, JobDescription.class)
                .gives(Submissions.Submitted.class)
                .refuses(408, "what is uploaded comes too slowly")
                .refuses(409, "the id was used before, or the output is there already")
                .refuses(413, "more than bsp.upload.max.bytes")
                .refuses(415, "neither multipart/form-data nor application/json"));
        routes.add(new Route("GET", "/jobs/{id}", "getJob", "A job with its tasks and attempts", this::job)
                .query("include_config", "boolean", "adds \"config\": how it was submitted, secrets masked")
                .gives(JobStatus.class)
                .refuses(404, "no such job"));
        routes.add(new Route("DELETE", "/jobs/{id}", "deleteJob", "Forgets a job that has ended", request -> {
                    JobId job = jobId(request.variable("id"));
                    return done(answer -> calls.delete(job, USER, answer));
                })
                .gives(Done.class)
                .refuses(400, "the job has not ended")
                .refuses(404, "no such job"));
        routes.add(new Route("POST", "/jobs/{id}/cancel", "cancelJob", "Ends a job; answered when stored", request -> {
                    JobId job = jobId(request.variable("id"));
                    return done(answer -> calls.cancel(job, USER, answer));
                })
                .gives(Done.class)
                .refuses(400, "the job has ended, or puts its output in place")
                .refuses(404, "no such job"));
    }

    private void partsOfJobs(List<Route> routes) {
        routes.add(new Route("GET", "/jobs/{id}/supersteps", "listSupersteps", "Supersteps, oldest first", request -> {
                    JobId job = jobId(request.variable("id"));
                    int last = (int) request.number("last", SuperstepTimeline.MOST, 1, SuperstepTimeline.MOST);
                    return FutureAnswer.<MasterReply.Supersteps>of(answer -> calls.supersteps(job, last, answer))
                            .thenApply(MasterReply.Supersteps::steps);
                })
                .query("last", "integer", "only so many, the newest")
                .gives(list(new TypeReference<List<SuperstepStatus>>() {}))
                .refuses(404, "no such job"));
        routes.add(new Route("GET", "/jobs/{id}/rollbacks", "listRollbacks", "Roll-backs, oldest first", request -> {
                    JobId job = jobId(request.variable("id"));
                    return FutureAnswer.<MasterReply.Described>of(answer -> calls.describe(job, answer))
                            .thenApply(MasterReply.Described::rollBacks);
                })
                .gives(list(new TypeReference<List<RollBackStatus>>() {}))
                .refuses(404, "no such job"));
        routes.add(new Route(
                        "GET",
                        "/jobs/{id}/tasks",
                        "listTasks",
                        "Tasks with all their attempts, by index",
                        request -> completedFuture(
                                queries.job(jobId(request.variable("id"))).task()))
                .gives(list(new TypeReference<List<JobStatus.Task>>() {}))
                .refuses(404, "no such job"));
        routes.add(new Route(
                        "GET",
                        "/jobs/{id}/counters",
                        "getCounters",
                        "Counters by group and name, there when the job has succeeded, empty before",
                        request -> {
                            SortedMap<String, SortedMap<String, Long>> counters =
                                    queries.job(jobId(request.variable("id"))).counters();
                            return completedFuture(counters == null ? Collections.emptySortedMap() : counters);
                        })
                .gives(list(new TypeReference<SortedMap<String, SortedMap<String, Long>>>() {}))
                .refuses(404, "no such job"));
    }

    private void attempts(List<Route> routes) {
        routes.add(new Route(
                        "GET",
                        "/jobs/{id}/tasks/{attempt}/log",
                        "readLog",
                        "A piece of what an attempt wrote; X-Log-Size and X-Log-Offset tell where it lies",
                        this::log)
                .query("stream", "string", "stdout or stderr; stdout unless told")
                .query("offset", "integer", "first byte wanted; negative: so many from the end")
                .query("length", "integer", "most bytes wanted, up to " + LogChunk.MAX_BYTES)
                .gives(Route.Answer.TEXT)
                .refuses(404, "no such job, attempt or log"));
        routes.add(new Route(
                        "GET",
                        "/jobs/{id}/tasks/{attempt}/threads",
                        "readThreads",
                        "The stacks of all threads of an attempt's JVM",
                        request -> relay.threads(attempt(request)).thenApply(RawAnswer::text))
                .gives(Route.Answer.TEXT)
                .refuses(400, "the attempt has ended, or gives no stacks")
                .refuses(404, "no such job or attempt"));
    }

    private void grooms(List<Route> routes) {
        routes.add(new Route(
                        "GET",
                        "/grooms",
                        "listGrooms",
                        "All grooms, by name",
                        request -> completedFuture(queries.grooms()))
                .gives(list(new TypeReference<List<GroomStatus>>() {})));
        routes.add(new Route(
                        "GET",
                        "/grooms/{name}",
                        "getGroom",
                        "One groom",
                        request -> completedFuture(queries.groom(groomId(request.variable("name")))))
                .gives(GroomStatus.class)
                .refuses(404, "no such groom"));
        routes.add(groomVerb(
                        "DELETE",
                        "",
                        "removeGroom",
                        "Forgets a groom that is LOST or drained and empty",
                        calls::removeGroom)
                .refuses(400, "the groom is in use"));
        routes.add(groomVerb("POST", "/drain", "drainGroom", "Lets a groom get nothing new", calls::drainGroom));
        routes.add(groomVerb("POST", "/undrain", "undrainGroom", "Lets a groom get tasks again", calls::undrainGroom));
    }

    private void cluster(List<Route> routes) {
        routes.add(new Route("POST", "/schedule", "trySchedule", "Where a job would be placed now", this::schedule)
                .takes(Route.Body.JSON, ScheduleQuestion.class)
                .gives(PlacementTrial.class)
                .refuses(408, "the document comes too slowly")
                .refuses(413, "a document that is too long")
                .refuses(415, "not application/json"));
        routes.add(new Route("GET", "/events", "listEvents", "What happened lately, oldest first", request -> {
                    int last = (int) request.number("last", Chronicle.MOST, 1, Chronicle.MOST);
                    String job = request.parameter("job");
                    return completedFuture(chronicle.newest(
                            last, job == null ? null : jobId(job).value()));
                })
                .query("last", "integer", "only so many, the newest")
                .query("job", "string", "only of that job")
                .gives(list(new TypeReference<List<ClusterEvent>>() {}))
                .refuses(404, "an id that no job can have"));
        routes.add(new Route(
                        "GET", "/masters", "listMasters", "All masters", request -> completedFuture(queries.masters()))
                .gives(list(new TypeReference<List<MasterStatus>>() {})));
        routes.add(new Route(
                        "GET",
                        "/leader",
                        "getLeader",
                        "The master that leads",
                        request -> completedFuture(queries.leader()))
                .gives(MasterStatus.class));
        routes.add(new Route(
                        "GET",
                        "/cluster",
                        "getCluster",
                        "The cluster as a whole",
                        request -> completedFuture(queries.cluster()))
                .gives(ClusterStatus.class));
        routes.add(new Route(
                        "GET",
                        "/config",
                        "getConfig",
                        "The master's configuration, secrets masked",
                        request -> completedFuture(queries.configuration()))
                .gives(list(new TypeReference<SortedMap<String, String>>() {})));
    }

    // ---- handlers

    private CompletableFuture<Jobs> page(ApiRequest request) throws HttpError, CallException {
        JobState wanted = jobState(request.parameter("state"));
        int size = (int) request.number("page_size", JobQuery.MAX_LIMIT, 1, JobQuery.MAX_LIMIT);
        JobPage page =
                queries.jobs(new JobQuery(wanted, request.parameter("user"), size, request.parameter("page_token")));
        return completedFuture(new Jobs(page.jobs(), page.next()));
    }

    private CompletableFuture<?> job(ApiRequest request) throws HttpError, CallException {
        JobId id = jobId(request.variable("id"));
        JobStatus status = queries.job(id);
        if (!request.flag("include_config")) {
            return completedFuture(status);
        }
        return FutureAnswer.<MasterReply.Described>of(answer -> calls.describe(id, answer))
                .thenApply(described -> withConfig(status, described.spec()));
    }

    private static Map<String, Object> withConfig(JobStatus status, JobSpec spec) {
        Map<String, Object> all = StatusJson.fields(status);
        all.put("config", SubmittedAs.config(spec));
        return all;
    }

    private CompletableFuture<RawAnswer> log(ApiRequest request) throws HttpError, CallException {
        AttemptId attempt = attempt(request);
        String name = request.parameter("stream");
        LogStream stream = name == null || name.equals("stdout") ? LogStream.STDOUT : LogStream.STDERR;
        if (name != null && !name.equals(stream.label())) {
            throw HttpError.badRequest("stream=" + name + " is neither stdout nor stderr");
        }
        int length = (int) request.number("length", LogChunk.MAX_BYTES, 0, LogChunk.MAX_BYTES);
        long offset = request.number("offset", 0, Long.MIN_VALUE, Long.MAX_VALUE);
        if (offset >= 0) {
            return relay.read(attempt, stream, offset, length).thenApply(MasterApi::raw);
        }
        return relay.read(attempt, stream, 0, 0)
                .thenCompose(end -> relay.read(attempt, stream, Math.max(0, end.size() + offset), length))
                .thenApply(MasterApi::raw);
    }

    private static RawAnswer raw(LogChunk chunk) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("X-Log-Offset", Long.toString(chunk.offset()));
        headers.put("X-Log-Size", Long.toString(chunk.size()));
        return RawAnswer.text(chunk.bytes(), headers);
    }

    private CompletableFuture<PlacementTrial> schedule(ApiRequest request) throws HttpError {
        ScheduleQuestion question;
        try {
            question = StatusJson.readStrictly(request.document(), ScheduleQuestion.class);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "BadRequest", "the question: " + e.getMessage(), e);
        }
        if (question.tasks() == null || question.tasks() < 1 || question.tasks() > JobSpec.MOST_TASKS) {
            throw HttpError.badRequest("\"tasks\" is a whole number from 1 to " + JobSpec.MOST_TASKS);
        }
        int priority = question.priority() == null ? 0 : question.priority();
        return FutureAnswer.<MasterReply.Tried>of(
                        answer -> calls.tryPlacement(question.tasks(), question.selector(), priority, answer))
                .thenApply(MasterReply.Tried::trial);
    }

    /** Something that is done to a groom. */
    @FunctionalInterface
    private interface GroomVerb {
        void ask(GroomId groom, String user, Answer<MasterReply.Done> answer);
    }

    private static Route groomVerb(String method, String suffix, String name, String summary, GroomVerb verb) {
        return new Route(method, "/grooms/{name}" + suffix, name, summary, request -> {
                    GroomId groom = groomId(request.variable("name"));
                    return done(answer -> verb.ask(groom, USER, answer));
                })
                .gives(Done.class)
                .refuses(404, "no such groom");
    }

    private static CompletableFuture<Done> done(Consumer<Answer<MasterReply.Done>> call) {
        return FutureAnswer.<MasterReply.Done>of(call).thenApply(stored -> new Done(true));
    }

    // ---- names

    /** The state of that name, or null for null. */
    static JobState jobState(String text) throws HttpError {
        try {
            return text == null ? null : JobState.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "BadRequest", "state=" + text + " is not one of " + List.of(JobState.values()), e);
        }
    }

    /** The id, if the text may be one; otherwise there is no such job. */
    static JobId jobId(String text) throws CallException {
        if (!JobId.isValid(text)) {
            throw ErrorCode.JOB_NOT_FOUND.with("no job " + text);
        }
        return new JobId(text);
    }

    /** The name, if the text may be one; otherwise there is no such groom. */
    static GroomId groomId(String text) throws CallException {
        try {
            return new GroomId(text);
        } catch (IllegalArgumentException e) {
            throw new CallException(ErrorCode.GROOM_NOT_FOUND, "no groom " + text, e);
        }
    }

    /** The attempt of the address, which has to be one of the job of the address. */
    private AttemptId attempt(ApiRequest request) throws CallException {
        JobId job = jobId(request.variable("id"));
        JobStatus unused = queries.job(job);
        String text = request.variable("attempt");
        try {
            AttemptId attempt = AttemptId.parse(text);
            if (attempt.job().equals(job)) {
                return attempt;
            }
        } catch (IllegalArgumentException e) {
            throw new CallException(ErrorCode.ATTEMPT_NOT_FOUND, "job " + job + " has no attempt " + text, e);
        }
        throw ErrorCode.ATTEMPT_NOT_FOUND.with("job " + job + " has no attempt " + text);
    }

    private static Type list(TypeReference<?> type) {
        return type.getType();
    }

    /** How a failure is told. */
    static HttpError error(Throwable failure) {
        Throwable cause = CallException.unwrap(failure);
        if (cause instanceof HttpError told) {
            return told;
        }
        CallException e = CallException.of(cause);
        // what went wrong inside is for the log
        String message =
                e.code() == ErrorCode.INTERNAL ? "internal error; the master's log tells more" : e.getMessage();
        return new HttpError(e.code().httpStatus(), e.code().code(), message, failure);
    }
}
