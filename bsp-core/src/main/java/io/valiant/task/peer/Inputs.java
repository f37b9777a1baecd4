package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.task.TaskContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A peer's inputs by name; each is opened once, so that a restored program goes on where it was. Program's thread. */
final class Inputs {
    private final TaskContext context;
    private final SortedMap<String, TextInput> opened = new TreeMap<>();

    Inputs(TaskContext context) {
        this.context = context;
    }

    /** The only input, or the one named {@code input}. */
    TextInput only() throws BspException {
        List<JobInput> given = context.assignment().spec().inputs();
        if (given.isEmpty()) {
            throw BspException.user("the job has no input; give it one with BspJob.input");
        }
        String name = given.size() == 1 ? given.get(0).name() : "input";
        if (given.stream().noneMatch(input -> input.name().equals(name))) {
            throw BspException.user(
                    "the job has %d inputs and none is named 'input'; give Peer.input a name", given.size());
        }
        return open(name);
    }

    TextInput named(String name) throws BspException {
        List<String> names = new ArrayList<>();
        for (JobInput input : context.assignment().spec().inputs()) {
            names.add(input.name());
        }
        if (!names.contains(name)) {
            throw BspException.user("the job has no input '%s'; it has %s", name, names);
        }
        return open(name);
    }

    private TextInput open(String name) {
        return opened.computeIfAbsent(name, wanted -> new TextInput(context, context.splits(wanted)));
    }

    /** Where they stand. */
    void save(DataOutput out) throws IOException {
        out.writeInt(opened.size());
        for (var input : opened.entrySet()) {
            out.writeUTF(input.getKey());
            input.getValue().save(out);
        }
    }

    /** Goes on where they stood. */
    void restore(DataInput in) throws IOException, BspException {
        for (int left = in.readInt(); left > 0; left--) {
            open(in.readUTF()).restore(in);
        }
    }

    /** Adds to the program's failure at which records they were. */
    void tellRecords(Throwable failure) {
        opened.values().forEach(input -> input.tellRecord(failure));
    }

    void close() {
        opened.values().forEach(TextInput::close);
    }
}
