package io.valiant.master.web;

import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.http.Replies;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.rpc.Queries;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.StatusJson;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /api/v1}: the documents of the command line, over HTTP. */
final class Api extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Queries queries;

    /** A page of jobs; the token is absent at the end. */
    record Jobs(List<JobStatus> jobs, String nextPageToken) {}

    Api(Queries queries) {
        this.queries = queries;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
        List<String> parts = List.of(path.substring(1).split("/", -1));
        try {
            Replies.json(response, StatusJson.bytes(answer(parts, request)));
        } catch (CallException e) {
            Replies.error(response, e.code().httpStatus(), e.code().code(), e.getMessage());
        }
    }

    private Object answer(List<String> parts, HttpServletRequest request) throws CallException {
        String name = parts.size() > 1 ? parts.get(1) : null;
        return switch (parts.get(0) + "/" + parts.size()) {
            case "jobs/1" -> page(queries.jobs(query(request)));
            case "jobs/2" -> queries.job(jobId(name));
            case "jobs/3" -> part(queries.job(jobId(name)), parts.get(2));
            case "grooms/1" -> queries.grooms();
            case "grooms/2" -> queries.groom(groomId(name));
            case "cluster/1" -> queries.cluster();
            default -> throw ErrorCode.NOT_FOUND.with("no such resource: /api/v1/" + String.join("/", parts));
        };
    }

    private static Jobs page(JobPage page) {
        return new Jobs(page.jobs(), page.next());
    }

    private static Object part(JobStatus job, String name) throws CallException {
        return switch (name) {
            case "tasks" -> job.task();
            case "counters" -> job.counters();
            default ->
                throw ErrorCode.NOT_FOUND.with("no such part of a job: " + name + "; there are tasks and counters");
        };
    }

    private static JobQuery query(HttpServletRequest request) throws CallException {
        String state = request.getParameter("state");
        String size = request.getParameter("page_size");
        try {
            return new JobQuery(
                    state == null ? null : JobState.valueOf(state),
                    null,
                    size == null ? JobQuery.MAX_LIMIT : Integer.parseInt(size),
                    request.getParameter("page_token"));
        } catch (IllegalArgumentException e) {
            throw new CallException(
                    ErrorCode.BAD_REQUEST, "state is a job's state, page_size 1 to " + JobQuery.MAX_LIMIT, e);
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
}
