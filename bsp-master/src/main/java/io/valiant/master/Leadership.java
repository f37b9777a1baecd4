package io.valiant.master;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.CoreLoop;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.rpc.Answer;
import io.valiant.master.store.SqliteStore;
import io.valiant.master.web.MasterCounts;
import io.valiant.master.work.GroomCaller;
import io.valiant.master.work.JobFiles;
import io.valiant.master.work.OutputChecks;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One epoch of this master: loads the stored rows, raises the epoch, decides until it is closed or a write fails. Then it is
 * over for good: nobody knows what was stored, so the next one loads again.
 */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final SqliteStore store;
    private final MasterCore core;
    private final CoreLoop<MasterEvent, MasterRecord, MasterEffect> loop;
    private final PendingCalls calls = new PendingCalls();
    private final JobFiles files;
    private final OutputChecks outputs;
    private final GroomCaller grooms;
    private final Consumer<MasterSnapshot> publish;
    private final MasterCounts counts;

    /** Written by the core's thread only. */
    private MasterSnapshot published = MasterSnapshot.EMPTY;

    /**
     * Loads; decides nothing before {@link #start}.
     *
     * @param counts takes what is observed, and times
     * @param publish takes each snapshot once it is stored
     * @param failed told once why the leadership ended by itself, in one of its threads
     */
    Leadership(
            MasterSetup setup,
            Path database,
            MasterCounts counts,
            Consumer<MasterSnapshot> publish,
            Consumer<Throwable> failed)
            throws BspException {
        this.counts = counts;
        this.publish = publish;
        this.store = SqliteStore.open(database);
        this.core = new MasterCore(load(), setup.decisions(), setup.random(), setup.clock());
        this.loop = new CoreLoop<MasterEvent, MasterRecord, MasterEffect>(
                        "master", core, setup.clock(), store, this::carryOut, failed, this::publication)
                .timed(counts);
        this.files = new JobFiles(setup.configuration(), setup.clock(), loop::post);
        this.outputs = new OutputChecks(setup.configuration(), setup.clock(), loop::post);
        this.grooms = new GroomCaller(setup.grooms(), loop::post);
    }

    private List<MasterRecord> load() throws BspException {
        try {
            return store.load();
        } catch (BspException e) {
            try {
                store.close();
            } catch (BspException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    void start() {
        loop.post(new MasterEvent.Started());
        loop.start();
    }

    /** Calls reach it from now on; after {@link #start}. Never blocks, any thread. */
    void serves() {
        loop.post(new MasterEvent.Serves());
    }

    /** Asks the core something; never blocks, any thread. */
    <T> void call(Answer<T> answer, Function<MasterReply, T> read, LongFunction<MasterEvent> event) {
        loop.post(event.apply(calls.open(answer, read)));
    }

    /** The core gives the same object as long as nothing changed. */
    @SuppressWarnings("ReferenceEquality")
    private Runnable publication() {
        MasterSnapshot now = core.snapshot();
        if (now == published) {
            return null;
        }
        published = now;
        return () -> publish.accept(now);
    }

    /** In the store's thread. */
    private void carryOut(MasterEffect effect) {
        if (effect instanceof MasterEffect.Reply reply) {
            calls.done(reply.call(), reply.reply());
        } else if (effect instanceof MasterEffect.Reject reject) {
            calls.refused(reject.call(), reject.code(), reject.message());
        } else if (effect instanceof MasterEffect.Observed observed) {
            counts.take(observed.what());
        } else if (effect instanceof MasterEffect.Push push) {
            grooms.push(push);
        } else if (effect instanceof MasterEffect.CheckOutput check) {
            outputs.check(check);
        } else if (effect instanceof MasterEffect.Prepare prepare) {
            files.prepare(prepare);
        } else if (effect instanceof MasterEffect.WriteManifest write) {
            files.writeManifest(write);
        } else if (effect instanceof MasterEffect.DeleteCheckpoint delete) {
            files.deleteCheckpoint(delete);
        } else if (effect instanceof MasterEffect.DeleteUnnamedSections delete) {
            files.deleteUnnamedSections(delete);
        } else if (effect instanceof MasterEffect.CommitOutput commit) {
            files.commit(commit);
        } else if (effect instanceof MasterEffect.DiscardTemporary discard) {
            files.discard(discard);
        }
    }

    /** Ends it; calls that wait are refused. Waits for its threads. */
    @Override
    public void close() {
        loop.close();
        calls.close();
        outputs.close();
        files.close();
        try {
            store.close();
        } catch (BspException e) {
            LOG.warn("[master] {}", e.getMessage(), e);
        }
    }
}
