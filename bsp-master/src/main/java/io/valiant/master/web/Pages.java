package io.valiant.master.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobStatus;
import io.valiant.http.Replies;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.protocol.ClusterStatus;
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
    private final transient Supplier<ClusterStatus> cluster;
    private final transient Clock clock;
    private final transient TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "io.valiant.master.web.pages");

    Pages(Supplier<MasterSnapshot> snapshot, Supplier<ClusterStatus> cluster, Clock clock) {
        this.snapshot = snapshot;
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        MasterSnapshot now = snapshot.get();
        if (now.epoch() == 0) {
            show(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "missing",
                    Map.of("what", "This master does not lead."));
            return;
        }
        String name = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        switch (request.getServletPath()) {
            case "/jobs" -> jobs(now, name, response);
            case "/grooms" -> grooms(now, name, response);
            default ->
                show(
                        response,
                        200,
                        "cluster",
                        Map.of(
                                "cluster",
                                cluster.get(),
                                "snapshot",
                                now,
                                "jobs",
                                newest(now, NEWEST_JOBS),
                                "show",
                                new Show(clock)));
        }
    }

    private void jobs(MasterSnapshot now, String name, HttpServletResponse response) throws IOException {
        if (name.isEmpty()) {
            show(response, 200, "jobs", Map.of("jobs", newest(now, LISTED_JOBS), "show", new Show(clock)));
            return;
        }
        JobStatus job = JobId.isValid(name) ? now.job(new JobId(name)) : null;
        if (job == null) {
            show(
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "missing",
                    Map.of("what", "There is no job " + name + "."));
        } else {
            show(response, 200, "job", Map.of("job", job, "show", new Show(clock)));
        }
    }

    private void grooms(MasterSnapshot now, String name, HttpServletResponse response) throws IOException {
        if (name.isEmpty()) {
            show(response, 200, "grooms", Map.of("grooms", now.grooms(), "show", new Show(clock)));
            return;
        }
        GroomStatus groom = Api.find(now, name);
        if (groom == null) {
            show(
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "missing",
                    Map.of("what", "There is no groom " + name + "."));
        } else {
            show(response, 200, "groom", Map.of("groom", groom, "show", new Show(clock)));
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
