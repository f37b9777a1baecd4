package io.valiant.master.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.http.Deferred;
import io.valiant.http.HttpError;
import io.valiant.http.Replies;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.rpc.FutureAnswer;
import io.valiant.master.rpc.MasterCalls;
import io.valiant.master.rpc.Queries;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClusterEvent;
import io.valiant.protocol.ErrorCode;
import io.valiant.time.Clock;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The master's pages: cluster, jobs, one job, one attempt, grooms, one groom, configuration. */
final class Pages extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int NEWEST_JOBS = 20;
    private static final int LISTED_JOBS = 200;
    private static final int LISTED_EVENTS = 30;

    private final transient Supplier<MasterSnapshot> snapshot;
    private final transient Queries queries;
    private final transient MasterCalls calls;
    private final transient Chronicle chronicle;
    private final transient Clock clock;
    private final transient TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "io.valiant.master.web.pages");

    Pages(Supplier<MasterSnapshot> snapshot, Queries queries, MasterCalls calls, Chronicle chronicle, Clock clock) {
        this.snapshot = snapshot;
        this.queries = queries;
        this.calls = calls;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    /** A template and what it is filled with. */
    private record Page(String template, Map<String, Object> model) {
        Page(String template) {
            this(template, new TreeMap<>());
        }

        Page with(String name, Object value) {
            model.put(name, value);
            return this;
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CompletableFuture<Page> page;
        try {
            page = page(request);
        } catch (CallException | HttpError e) {
            page = CompletableFuture.failedFuture(e);
        }
        Deferred.answer(request, response, page, (found, failure) -> {
            if (failure == null) {
                show(response, HttpServletResponse.SC_OK, found);
            } else {
                HttpError error = MasterApi.error(failure);
                show(response, error.status(), new Page("missing").with("what", error.getMessage()));
            }
        });
    }

    private CompletableFuture<Page> page(HttpServletRequest request) throws CallException, HttpError {
        String info = request.getPathInfo();
        String[] path = info == null || info.equals("/")
                ? new String[0]
                : info.substring(1).split("/", -1);
        switch (request.getServletPath()) {
            case "/jobs" -> {
                if (path.length == 1) {
                    return job(path[0], number(request.getParameter("from"), "from", 0));
                }
                if (path.length == 3 && path[1].equals("tasks")) {
                    return ready(attempt(path[0], path[2]));
                }
                if (path.length == 0) {
                    return ready(jobs(request.getParameter("state"), request.getParameter("before")));
                }
            }
            case "/grooms" -> {
                if (path.length == 0) {
                    return ready(new Page("grooms").with("grooms", queries.grooms()));
                }
                if (path.length == 1) {
                    return ready(groom(path[0]));
                }
            }
            case "/config" -> {
                return ready(new Page("config").with("values", queries.configuration()));
            }
            default -> {
                return ready(cluster());
            }
        }
        throw HttpError.notFound("no such page: " + request.getRequestURI());
    }

    private CompletableFuture<Page> ready(Page page) {
        return CompletableFuture.completedFuture(page.with("show", new Show(clock)));
    }

    private Page cluster() throws CallException {
        MasterSnapshot now = snapshot.get();
        return new Page("cluster")
                .with("cluster", queries.cluster())
                .with("snapshot", now)
                .with("jobs", newest(now, null, Long.MAX_VALUE, NEWEST_JOBS))
                .with("events", events(chronicle.newest(LISTED_EVENTS, null)));
    }

    private Page jobs(String wanted, String before) throws CallException, HttpError {
        MasterSnapshot now = snapshot.get();
        JobState state = MasterApi.jobState(wanted);
        long below = number(before, "before", Long.MAX_VALUE);
        List<JobStatus> jobs = newest(now, state, below, LISTED_JOBS + 1);
        Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
        queries.cluster().jobs().forEach((name, count) -> counts.put(JobState.valueOf(name), count.intValue()));
        String older = null;
        if (jobs.size() > LISTED_JOBS) {
            jobs = jobs.subList(0, LISTED_JOBS);
            long last = now.number(jobs.get(LISTED_JOBS - 1));
            older = "/jobs?before=" + last + (state == null ? "" : "&state=" + state);
        }
        return new Page("jobs")
                .with("jobs", jobs)
                .with("counts", counts)
                .with("state", state)
                .with("older", older);
    }

    private CompletableFuture<Page> job(String name, long from) throws CallException {
        JobId id = MasterApi.jobId(name);
        JobStatus job = queries.job(id);
        return FutureAnswer.<MasterReply.Described>of(answer -> calls.describe(id, answer))
                .thenApply(described -> new Page("job")
                        .with("job", job)
                        .with("tasks", TaskTable.of(job, (int) Math.min(from, Integer.MAX_VALUE)))
                        .with("rollBacks", described.rollBacks())
                        .with("events", events(chronicle.newest(LISTED_EVENTS, id.value())))
                        .with("config", texts(SubmittedAs.config(described.spec())))
                        .with("show", new Show(clock)));
    }

    private static Map<String, String> texts(Map<String, Object> config) {
        Map<String, String> texts = new TreeMap<>();
        config.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                inner.forEach((name, each) -> texts.put(key + "." + name, String.valueOf(each)));
            } else if (value != null) {
                texts.put(key, value.toString());
            }
        });
        return texts;
    }

    private Page attempt(String job, String name) throws CallException {
        JobStatus status = queries.job(MasterApi.jobId(job));
        for (JobStatus.Task task : status.task()) {
            for (JobStatus.Attempt attempt : task.attempts()) {
                if (attempt.id().equals(name)) {
                    return new Page("attempt").with("job", status).with("attempt", attempt);
                }
            }
        }
        throw ErrorCode.ATTEMPT_NOT_FOUND.with("job " + status.id() + " has no attempt " + name);
    }

    private Page groom(String name) throws CallException {
        GroomId id = MasterApi.groomId(name);
        return new Page("groom")
                .with("groom", queries.groom(id))
                .with("events", events(chronicle.newestOfGroom(LISTED_EVENTS, id.value())));
    }

    /** The newest first. */
    private static List<ClusterEvent> events(List<ClusterEvent> oldestFirst) {
        List<ClusterEvent> events = new ArrayList<>(oldestFirst);
        Collections.reverse(events);
        return events;
    }

    /** The newest jobs first. */
    private static List<JobStatus> newest(MasterSnapshot now, JobState state, long below, int most) {
        return now.newestJobs(below)
                .filter(job -> state == null || job.state() == state)
                .limit(most)
                .toList();
    }

    private static long number(String text, String parameter, long unless) throws HttpError {
        if (text == null) {
            return unless;
        }
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new HttpError(400, "BadRequest", parameter + "=" + text + " is not a number", e);
        }
    }

    private void show(HttpServletResponse response, int status, Page page) throws IOException {
        TemplateOutput html = new StringOutput();
        templates.render(page.template() + ".jte", page.model(), html);
        Replies.page(response, status, html.toString());
    }
}
