package io.valiant.master.web;

import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.http.Replies;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.protocol.ClusterStatus;
import io.valiant.protocol.StatusJson;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** {@code /api/v1}: the documents of the command line, over HTTP. */
final class Api extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1000;

    private final transient Supplier<MasterSnapshot> snapshot;
    private final transient Supplier<ClusterStatus> cluster;

    /** A page of jobs; the token is absent at the end. */
    record Jobs(List<JobStatus> jobs, String nextPageToken) {}

    Api(Supplier<MasterSnapshot> snapshot, Supplier<ClusterStatus> cluster) {
        this.snapshot = snapshot;
        this.cluster = cluster;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        MasterSnapshot now = snapshot.get();
        if (now.epoch() == 0) {
            Replies.error(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "NoLeader",
                    "this master does not lead; try again");
            return;
        }
        String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
        List<String> parts = List.of(path.substring(1).split("/", -1));
        switch (parts.get(0)) {
            case "jobs" -> jobs(now, parts, request, response);
            case "grooms" -> grooms(now, parts, response);
            case "cluster" -> {
                if (parts.size() == 1) {
                    Replies.json(response, StatusJson.bytes(cluster.get()));
                } else {
                    notFound(response, path);
                }
            }
            default -> notFound(response, path);
        }
    }

    private static void notFound(HttpServletResponse response, String path) throws IOException {
        Replies.error(response, HttpServletResponse.SC_NOT_FOUND, "NotFound", "no such resource: /api/v1" + path);
    }

    private void jobs(MasterSnapshot now, List<String> parts, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (parts.size() == 1) {
            page(now, request, response);
            return;
        }
        JobStatus job = JobId.isValid(parts.get(1)) ? now.job(new JobId(parts.get(1))) : null;
        if (job == null) {
            Replies.error(response, HttpServletResponse.SC_NOT_FOUND, "JobNotFound", "no job " + parts.get(1));
            return;
        }
        String part = parts.size() == 2 ? "" : parts.size() == 3 ? parts.get(2) : "/";
        switch (part) {
            case "" -> Replies.json(response, StatusJson.bytes(job));
            case "tasks" -> Replies.json(response, StatusJson.bytes(job.task()));
            case "counters" -> Replies.json(response, StatusJson.bytes(job.counters()));
            default -> notFound(response, request.getPathInfo());
        }
    }

    private static void page(MasterSnapshot now, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String wanted = request.getParameter("state");
        JobState state = null;
        int size;
        int from;
        try {
            state = wanted == null ? null : JobState.valueOf(wanted);
            size = number(request, "page_size", DEFAULT_PAGE, 1, MAX_PAGE);
            from = number(request, "page_token", 0, 0, Integer.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            Replies.error(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "BadRequest",
                    "state must be a job's state, page_size 1 to " + MAX_PAGE + ", page_token one that was given");
            return;
        }
        JobState only = state;
        List<JobStatus> all = now.jobsByNumber().stream()
                .filter(job -> only == null || job.state() == only)
                .toList();
        int start = Math.min(from, all.size());
        int end = (int) Math.min((long) start + size, all.size());
        String next = end < all.size() ? Integer.toString(end) : null;
        Replies.json(response, StatusJson.bytes(new Jobs(all.subList(start, end), next)));
    }

    private static int number(HttpServletRequest request, String name, int otherwise, int least, int most) {
        String text = request.getParameter(name);
        if (text == null) {
            return otherwise;
        }
        int value = Integer.parseInt(text);
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value);
        }
        return value;
    }

    private static void grooms(MasterSnapshot now, List<String> parts, HttpServletResponse response)
            throws IOException {
        if (parts.size() == 1) {
            Replies.json(response, StatusJson.bytes(now.grooms()));
            return;
        }
        GroomStatus groom = parts.size() == 2 ? find(now, parts.get(1)) : null;
        if (groom == null) {
            Replies.error(response, HttpServletResponse.SC_NOT_FOUND, "GroomNotFound", "no groom " + parts.get(1));
        } else {
            Replies.json(response, StatusJson.bytes(groom));
        }
    }

    static GroomStatus find(MasterSnapshot now, String name) {
        try {
            return now.groom(new GroomId(name));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
