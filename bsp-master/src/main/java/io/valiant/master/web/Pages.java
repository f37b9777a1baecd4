package io.valiant.master.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.valiant.bsp.JobStatus;
import io.valiant.http.Replies;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.rpc.Queries;
import io.valiant.protocol.CallException;
import io.valiant.time.Clock;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The master's pages: cluster, grooms, one groom, jobs, one job. */
final class Pages extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int NEWEST_JOBS = 20;
    private static final int LISTED_JOBS = 500;

    private final transient Supplier<MasterSnapshot> snapshot;
    private final transient Queries queries;
    private final transient Clock clock;
    private final transient TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "io.valiant.master.web.pages");

    Pages(Supplier<MasterSnapshot> snapshot, Queries queries, Clock clock) {
        this.snapshot = snapshot;
        this.queries = queries;
        this.clock = clock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        MasterSnapshot now = snapshot.get();
        String name = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        try {
            switch (request.getServletPath()) {
                case "/jobs" -> jobs(now, name, response);
                case "/grooms" -> grooms(now, name, response);
                default -> cluster(now, response);
            }
        } catch (CallException e) {
            show(response, e.code().httpStatus(), "missing", Map.of("what", e.getMessage()));
        }
    }

    private void cluster(MasterSnapshot now, HttpServletResponse response) throws IOException, CallException {
        Map<String, Object> model = new TreeMap<>();
        model.put("cluster", queries.cluster());
        model.put("snapshot", now);
        model.put("jobs", newest(now, NEWEST_JOBS));
        model.put("show", new Show(clock));
        show(response, HttpServletResponse.SC_OK, "cluster", model);
    }

    private void jobs(MasterSnapshot now, String name, HttpServletResponse response) throws IOException, CallException {
        Show show = new Show(clock);
        if (name.isEmpty()) {
            show(response, HttpServletResponse.SC_OK, "jobs", Map.of("jobs", newest(now, LISTED_JOBS), "show", show));
        } else {
            show(
                    response,
                    HttpServletResponse.SC_OK,
                    "job",
                    Map.of("job", queries.job(MasterApi.jobId(name)), "show", show));
        }
    }

    private void grooms(MasterSnapshot now, String name, HttpServletResponse response)
            throws IOException, CallException {
        Show show = new Show(clock);
        if (name.isEmpty()) {
            show(response, HttpServletResponse.SC_OK, "grooms", Map.of("grooms", now.grooms(), "show", show));
        } else {
            show(
                    response,
                    HttpServletResponse.SC_OK,
                    "groom",
                    Map.of("groom", queries.groom(MasterApi.groomId(name)), "show", show));
        }
    }

    private static List<JobStatus> newest(MasterSnapshot now, int most) {
        List<JobStatus> jobs = new ArrayList<>(now.jobsByNumber());
        Collections.reverse(jobs);
        return jobs.subList(0, Math.min(most, jobs.size()));
    }

    private void show(HttpServletResponse response, int status, String page, Map<String, Object> model)
            throws IOException {
        TemplateOutput html = new StringOutput();
        templates.render(page + ".jte", new TreeMap<>(model), html);
        Replies.page(response, status, html.toString());
    }
}
