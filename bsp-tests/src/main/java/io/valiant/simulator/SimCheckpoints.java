package io.valiant.simulator;

import io.valiant.barrier.Arrival;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.TaskAssignment;
import io.valiant.task.ChildEvent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** What one child saves and restores in one generation. */
final class SimCheckpoints {
    private final World world;
    private final SimChild child;
    private final TaskAssignment assignment;
    private boolean loaded;
    private SimPart part;
    private boolean wanted;
    private boolean abandoned;
    private long last;

    SimCheckpoints(World world, SimChild child, TaskAssignment assignment) {
        this.world = world;
        this.child = child;
        this.assignment = assignment;
        this.last = assignment.firstSuperstep();
        this.loaded = assignment.restore() == null;
    }

    // ---- restore

    /** Reads what the generation begins from; calls back once it is there. */
    void load(Runnable restored) {
        CheckpointRef ref = assignment.restore();
        world.oracle().checkpoints().told(assignment);
        if (ref == null) {
            return;
        }
        child.later(
                world.luck().workNs(), "restore", () -> world.storage().reach(child, () -> read(ref, restored), () -> {
                    if (!abandoned) {
                        child.fail("storage is away");
                    }
                }));
    }

    private void read(CheckpointRef ref, Runnable restored) {
        if (abandoned) {
            return;
        }
        part = SimPart.load(world.files(), ref, child.attempt().task());
        if (part == null) {
            world.oracle().count("failed_restores");
            child.post(new ChildEvent.RestoreFailed(ref, "its part cannot be used"));
            return;
        }
        world.oracle().checkpoints().restored(child, ref, part);
        loaded = true;
        restored.run();
    }

    boolean isLoaded() {
        return loaded;
    }

    /** What was restored, or null: superstep 0. */
    SimPart loaded() {
        return part;
    }

    // ---- save

    /** Somebody wants one at the next barrier. */
    void want() {
        wanted = true;
    }

    /** What its SYNC says of a checkpoint before that superstep. A plain program does not save in every superstep. */
    int flags(long next) {
        if (assignment.checkpoints() == null) {
            return 0;
        }
        boolean may = !Reference.isPlain(assignment.spec()) || world.luck().chance(0.7);
        int interval = Reference.checkpointInterval(assignment.spec());
        boolean wants = child.attempt().task() == 0 && (wanted || (interval > 0 && next - last >= interval));
        return (may ? Arrival.MAY_CHECKPOINT : 0) | (wants ? Arrival.WANTS_CHECKPOINT : 0);
    }

    /** The barrier has opened and none is taken: who wanted one now learns it. */
    void notTaken(long superstep) {
        if (wanted) {
            wanted = false;
            child.post(new ChildEvent.CheckpointFailed(
                    assignment.generation(), superstep, "a program did not save before this barrier"));
        }
    }

    /**
     * Writes its part, which takes a while and may fail, or storage is away, which is not waited for; then goes on. While it writes, half a file is there; the child may
     * die over it.
     */
    void save(SimProgram program, long superstep, ByteBuffer[] inbox, Runnable goOn) {
        wanted = false;
        last = superstep;
        SimPart now = new SimPart(
                child.attempt().job().value(),
                assignment.generation(),
                superstep,
                child.attempt().task(),
                program.hash(),
                program.steps(),
                inbox);
        byte[] bytes = now.bytes();
        String folder = SimPart.folder(assignment.checkpoints(), assignment.generation(), superstep);
        String file = SimPart.file(folder, child.attempt().task());
        child.later(world.luck().workNs() / 2, "checkpoint", () -> {
            if (world.storage().isAway()) {
                notWritten(superstep, "storage is away", goOn);
                return;
            }
            world.oracle().writesTemporary(child, file);
            world.files().write(file, Arrays.copyOf(bytes, bytes.length / 2));
            child.later(world.luck().workNs(), "checkpointed", () -> written(file, bytes, superstep, goOn));
        });
    }

    private void written(String file, byte[] bytes, long superstep, Runnable goOn) {
        if (abandoned) {
            return;
        }
        if (world.storage().isAway() || world.luck().workerFails(child)) {
            notWritten(superstep, "no space", goOn);
            return;
        }
        world.oracle().writesTemporary(child, file);
        world.files().write(file, bytes);
        CheckpointPart written =
                new CheckpointPart(child.attempt().task(), file, bytes.length, SimPart.crc(bytes), List.of());
        child.post(new ChildEvent.Checkpointed(assignment.generation(), superstep, written));
        if (child.isAlive()) {
            goOn.run();
        }
    }

    /** It costs the checkpoint and nothing else. */
    private void notWritten(long superstep, String why, Runnable goOn) {
        if (abandoned) {
            return;
        }
        child.post(new ChildEvent.CheckpointFailed(assignment.generation(), superstep, why));
        if (child.isAlive()) {
            goOn.run();
        }
    }

    void abandon() {
        abandoned = true;
    }
}
