package io.valiant.client;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import java.util.ArrayList;
import java.util.List;

/** Lists jobs, page after page. */
public final class JobListing {
    private JobListing() {}

    /** All jobs from that page on, in the order of their submission. */
    public static List<JobStatus> all(ClientProtocol calls, JobQuery first) throws BspException {
        List<JobStatus> jobs = new ArrayList<>();
        JobQuery query = first;
        while (true) {
            JobPage page = ClusterClient.answer(calls.jobs(query));
            jobs.addAll(page.jobs());
            if (page.next() == null) {
                return jobs;
            }
            query = query.after(page.next());
        }
    }
}
