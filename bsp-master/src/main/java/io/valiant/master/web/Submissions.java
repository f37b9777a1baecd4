package io.valiant.master.web;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.RandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.http.ApiRequest;
import io.valiant.http.HttpError;
import io.valiant.http.UploadedFile;
import io.valiant.io.FileStores;
import io.valiant.master.core.MasterReply;
import io.valiant.master.rpc.FutureAnswer;
import io.valiant.master.rpc.MasterCalls;
import io.valiant.master.rpc.Queries;
import io.valiant.protocol.CallException;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.StatusJson;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs that are submitted over HTTP. Called in threads of the web server, which may wait for files; safe in any. */
final class Submissions {
    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

    private final Queries queries;
    private final MasterCalls calls;
    private final BspConfiguration configuration;
    private final RandomSource random;

    /** What came of a submission; {@code existed}: an earlier one had the same idempotency key. */
    record Submitted(String jobId, boolean existed) {}

    Submissions(Queries queries, MasterCalls calls, BspConfiguration configuration, RandomSource random) {
        this.queries = queries;
        this.calls = calls;
        this.configuration = configuration;
        this.random = random;
    }

    CompletableFuture<?> submit(ApiRequest request, String user) throws HttpError, BspException {
        // told before anything is copied, or a refused upload would stay
        queries.leader();
        JobDescription described = read(request.document());
        described.check();
        List<UploadedFile> jars = request.files().stream()
                .filter(file -> file.part().equals("jar"))
                .toList();
        String type = described.type() == null ? ProgramKind.find(described.program(), jars) : described.type();
        FileStores stores = new FileStores(configuration.hadoop());
        UploadStaging staging = new UploadStaging(stores, configuration.get(Keys.SYSTEM_DIR), random);
        JobSpec spec;
        try {
            // told before anything is copied
            JobSpec unused = described.spec(configuration, type, user, List.of(), Collections.emptySortedMap());
            staging.stage(request.files());
            spec = described.spec(configuration, type, user, staging.jars(), staging.files());
        } catch (BspException e) {
            discard(staging);
            throw e;
        }
        return FutureAnswer.<MasterReply.Submitted>of(answer -> calls.submit(spec, answer))
                .handle((reply, failure) -> {
                    boolean needless = failure == null ? reply.existed() : isRefused(failure);
                    if (needless) {
                        CompletableFuture<?> unused = CompletableFuture.runAsync(() -> discard(staging));
                    }
                    if (failure != null) {
                        throw new CompletionException(failure);
                    }
                    return new Submitted(reply.job().value(), reply.existed());
                });
    }

    /** A leadership that ended meanwhile may have stored the job, which then needs its files. */
    private static boolean isRefused(Throwable failure) {
        return CallException.of(failure).kind() != BspException.Kind.RETRIABLE;
    }

    private static JobDescription read(byte[] json) throws HttpError {
        try {
            return StatusJson.readStrictly(json, JobDescription.class);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "BadRequest", "the description: " + e.getMessage(), e);
        }
    }

    private static void discard(UploadStaging staging) {
        try {
            staging.discard();
        } catch (BspException e) {
            LOG.warn("[master] files of a job that was not taken are left: {}", e.getMessage());
        }
    }
}
