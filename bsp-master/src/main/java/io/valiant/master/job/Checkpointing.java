package io.valiant.master.job;

import io.valiant.bsp.JobStatus;
import io.valiant.checkpoint.CheckpointFolders;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.Observation;
import io.valiant.master.core.Turn;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's checkpoints: parts are gathered until one (generation, superstep) is complete, then its manifest is written, then the
 * row that is the only pointer to it is stored. What is gathered is soft: a new master waits for the next checkpoint.
 */
final class Checkpointing {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointing.class);

    /** In the place of parts: there will be no checkpoint of that superstep. */
    private static final CheckpointPart[] FAILED = {};

    private final JobFacts facts;
    private final int keep;
    private final String folder;

    /** Stored; oldest first. */
    private List<MasterRecord.Checkpoint> kept = List.of();

    /** There is a row, be it one of none. */
    private boolean stored;

    private boolean dirty;

    // soft: of this leadership
    /** Parts by task of checkpoints that are not complete, by superstep; of one generation. */
    private final TreeMap<Long, CheckpointPart[]> gathered = new TreeMap<>();

    /** When the first part of a checkpoint was reported, by superstep; of one generation. */
    private final TreeMap<Long, Long> firstPartNs = new TreeMap<>();

    private long gatheredGeneration;

    /** The newest superstep of that generation of which a manifest was asked for, maybe by a former master; 0 before. */
    private long newestAsked;

    /** Manifests asked for and not answered. */
    private int writing;

    /**
     * Checkpoints that will not be complete in this leadership; removed once a newer one is stored. Not before: parts of one
     * that is newer than all that are stored may be told again to a new master.
     */
    private final List<Cut> abandoned = new ArrayList<>();

    private record Cut(long generation, long superstep) {
        boolean isBefore(CheckpointRef ref) {
            return generation < ref.generation() || (generation == ref.generation() && superstep < ref.superstep());
        }
    }

    Checkpointing(JobFacts facts, MasterConfig.Checkpoints config) {
        this.facts = facts;
        this.keep = config.keep();
        this.folder = CheckpointFolders.job(config.systemDir(), facts.id);
    }

    void load(MasterRecord.Checkpoints row) {
        kept = List.copyOf(row.kept());
        stored = true;
    }

    /** URI of the folder with all checkpoints of the job. */
    String folder() {
        return folder;
    }

    /** What would be restored now, or null: the job would begin anew. */
    CheckpointRef newest() {
        return kept.isEmpty() ? null : last().ref();
    }

    private MasterRecord.Checkpoint last() {
        return kept.get(kept.size() - 1);
    }

    /** For showing; null before the first. */
    JobStatus.Checkpoint shown() {
        return kept.isEmpty()
                ? null
                : new JobStatus.Checkpoint(
                        last().ref().superstep(), last().at(), last().ref().folder());
    }

    /** Whether a worker may be writing into the folder. */
    boolean isWriting() {
        return writing > 0;
    }

    /** A task of the current generation has written its part. */
    void part(long superstep, CheckpointPart part, Turn turn) {
        if (!isNews(superstep, turn)) {
            return;
        }
        CheckpointPart[] parts = gathered.computeIfAbsent(superstep, s -> new CheckpointPart[facts.spec.tasks()]);
        if (parts == FAILED) {
            return;
        }
        parts[part.task()] = part;
        firstPartNs.putIfAbsent(superstep, turn.nowNs());
        for (CheckpointPart each : parts) {
            if (each == null) {
                return;
            }
        }
        complete(superstep, List.of(parts), turn);
    }

    /**
     * Whether that superstep's checkpoint may still come; then what has failed before it goes. Nobody writes it any more: all
     * tasks have passed a barrier since.
     */
    private boolean isNews(long superstep, Turn turn) {
        if (gatheredGeneration != facts.generation()) {
            gathered.keySet().forEach(old -> abandoned.add(new Cut(gatheredGeneration, old)));
            gathered.clear();
            firstPartNs.clear();
            gatheredGeneration = facts.generation();
            newestAsked = newestKept();
        }
        if (superstep <= newestAsked) {
            return false;
        }
        SortedMap<Long, CheckpointPart[]> older = gathered.headMap(superstep);
        older.forEach((old, parts) -> {
            if (parts == FAILED) {
                turn.effect(new MasterEffect.DeleteCheckpoint(facts.id, folderOf(gatheredGeneration, old)));
            }
        });
        older.values().removeIf(parts -> parts == FAILED);
        return true;
    }

    /** What was stored of this generation before this leadership; parts of it may be told again. */
    private long newestKept() {
        CheckpointRef newest = newest();
        return newest != null && newest.generation() == facts.generation() ? newest.superstep() : 0;
    }

    /** Nobody writes parts of older ones any more: each task writes in the order of supersteps. */
    private void complete(long superstep, List<CheckpointPart> parts, Turn turn) {
        gathered.headMap(superstep).keySet().forEach(older -> abandoned.add(new Cut(facts.generation(), older)));
        gathered.headMap(superstep, true).clear();
        newestAsked = superstep;
        writing++;
        turn.effect(new MasterEffect.WriteManifest(
                facts.id, facts.generation(), superstep, folderOf(facts.generation(), superstep), parts));
    }

    private String folderOf(long generation, long superstep) {
        return CheckpointFolders.checkpoint(folder, generation, superstep);
    }

    /** The parts of that superstep are of no use, be they there or yet to come: one could not be written. */
    void partFailed(long superstep, Turn turn) {
        if (isNews(superstep, turn)) {
            gathered.put(superstep, FAILED);
        }
    }

    /** A worker has written a manifest; whether there is a new checkpoint by it. Stored by this step. */
    boolean written(CheckpointRef ref, long bytes, Turn turn) {
        writing = Math.max(0, writing - 1);
        for (MasterRecord.Checkpoint each : kept) {
            if (each.ref().folder().equals(ref.folder())) {
                return false;
            }
        }
        boolean late = !facts.isActive() || ref.generation() != facts.generation() || isOlder(ref);
        if (late) {
            turn.effect(new MasterEffect.DeleteCheckpoint(facts.id, ref.folder()));
            return false;
        }
        List<MasterRecord.Checkpoint> now = new ArrayList<>(kept);
        now.add(new MasterRecord.Checkpoint(ref, bytes, turn.wall()));
        // effects wait until the row is durable: nothing goes that it still points to
        List<MasterRecord.Checkpoint> gone = beyondKept(now);
        if (!gone.isEmpty()) {
            now.removeAll(gone);
            gone.forEach(each -> turn.effect(
                    new MasterEffect.DeleteCheckpoint(facts.id, each.ref().folder())));
            List<CheckpointRef> left =
                    now.stream().map(MasterRecord.Checkpoint::ref).toList();
            turn.effect(new MasterEffect.DeleteUnnamedSections(facts.id, folder, left));
        }
        removeAbandoned(ref, turn);
        kept = List.copyOf(now);
        dirty = true;
        facts.checkpointed();
        LOG.info("[{} g{}] checkpoint of superstep {} stored", facts.id, facts.generation(), ref.superstep());
        Long began = firstPartNs.remove(ref.superstep());
        firstPartNs.headMap(ref.superstep()).clear();
        turn.observe(new Observation.CheckpointStored(bytes, began == null ? -1 : turn.nowNs() - began));
        turn.tell(
                "CHECKPOINT_STORED",
                facts.id,
                "job " + facts.id + " has a checkpoint of superstep " + ref.superstep() + ", " + bytes + " bytes");
        return true;
    }

    /** All but the newest, and but for what the generation began from: a program may read that again at any time. */
    private List<MasterRecord.Checkpoint> beyondKept(List<MasterRecord.Checkpoint> oldestFirst) {
        List<MasterRecord.Checkpoint> beyond =
                new ArrayList<>(oldestFirst.subList(0, Math.max(0, oldestFirst.size() - keep)));
        beyond.removeIf(each -> each.ref().equals(facts.restore()));
        return beyond;
    }

    private void removeAbandoned(CheckpointRef newest, Turn turn) {
        for (Cut old : abandoned) {
            if (old.isBefore(newest)) {
                turn.effect(new MasterEffect.DeleteCheckpoint(facts.id, folderOf(old.generation(), old.superstep())));
            }
        }
        abandoned.removeIf(old -> old.isBefore(newest));
    }

    private boolean isOlder(CheckpointRef ref) {
        CheckpointRef newest = newest();
        return newest != null && newest.generation() == ref.generation() && newest.superstep() >= ref.superstep();
    }

    /** A worker could not write a manifest; whether it would have been one of the current generation. */
    boolean failed(long generation, long superstep, String why) {
        writing = Math.max(0, writing - 1);
        abandoned.add(new Cut(generation, superstep));
        LOG.warn("[{} g{}] no checkpoint of superstep {}: {}", facts.id, generation, superstep, why);
        return generation == facts.generation();
    }

    /** It was found bad: it will not be restored again. It stays to be looked at until the job's end. */
    void drop(CheckpointRef bad, String why) {
        List<MasterRecord.Checkpoint> good = new ArrayList<>(kept);
        if (good.removeIf(each -> each.ref().equals(bad))) {
            LOG.warn("[{} g{}] {} in {} is bad: {}", facts.id, facts.generation(), bad, bad.folder(), why);
            kept = List.copyOf(good);
            dirty = true;
        }
    }

    MasterRecord.Checkpoints row() {
        return new MasterRecord.Checkpoints(facts.id, kept);
    }

    /** Whether the row has to be stored; not so any more after the call. */
    boolean takeDirty() {
        boolean was = dirty;
        stored |= dirty;
        dirty = false;
        return was;
    }

    /** Whether there is a row, or will be. */
    boolean hasRow() {
        return stored || dirty;
    }
}
