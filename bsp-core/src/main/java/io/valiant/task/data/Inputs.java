package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Format;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.Join;
import io.valiant.bsp.Joined;
import io.valiant.bsp.Records;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointOutput;
import io.valiant.message.SpillFailure;
import io.valiant.task.TaskContext;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.io.Writable;

/**
 * A peer's inputs by name and their joins; each is opened once, so that a restored program goes on where it was. Those dealt
 * out by key have to be {@link #deal dealt} or {@link #restoreDealt restored} before they are asked for. Program's thread.
 */
public final class Inputs {
    private final TaskContext context;
    private final Types types;
    private final List<JobInput> given;
    private final SortedMap<String, OpenInput> opened = new TreeMap<>();

    /** By {@link #joinName}. */
    private final SortedMap<String, JoinedRecords> joins = new TreeMap<>();

    /** By the input's name. */
    private final SortedMap<String, SortedRecords> dealt = new TreeMap<>();

    public Inputs(TaskContext context, Types types) {
        this.context = context;
        this.types = types;
        this.given = context.assignment().spec().inputs();
    }

    /** Deals out records by key: all tasks do so before their programs begin at superstep 0. */
    public void deal() throws BspException {
        List<Dealer.Deal> deals = new ArrayList<>();
        for (JobInput input : given) {
            if (input.isByKey()) {
                RecordType type = RecordType.of(Format.parse(input.format()), types);
                SortedRecords store = store(type);
                dealt.put(input.name(), store);
                deals.add(new Dealer.Deal(deals.size(), input, type, store));
            }
        }
        if (!deals.isEmpty()) {
            new Dealer(context, types, deals).deal();
        }
    }

    private SortedRecords store(RecordType type) throws BspException {
        long stores = given.stream().filter(JobInput::isByKey).count();
        return new SortedRecords(
                KeyOrder.of(type.keyClass(), types),
                context.exchange().memoryShare() / stores,
                context.exchange()::spillFile);
    }

    /** Writes what was dealt out; after its first time a checkpoint only refers to it. */
    public void saveDealt(CheckpointOutput into) throws IOException {
        for (int i = 0; i < given.size(); i++) {
            SortedRecords store = dealt.get(given.get(i).name());
            if (store != null) {
                into.shared("input-" + i, 1, out -> {
                    try {
                        store.save(out);
                    } catch (BspException e) {
                        throw new IOException(e.getMessage(), e);
                    }
                });
            }
        }
    }

    /** Reads what {@link #saveDealt} wrote. */
    public void restoreDealt(CheckpointInput from) throws IOException, BspException {
        for (int i = 0; i < given.size(); i++) {
            JobInput input = given.get(i);
            if (input.isByKey()) {
                SortedRecords store = store(RecordType.of(Format.parse(input.format()), types));
                dealt.put(input.name(), store);
                try (DataInputStream in = from.shared("input-" + i)) {
                    store.restore(in);
                }
            }
        }
    }

    /** The only input, or the one named {@code input}. */
    public Records<?, ?> only() throws BspException {
        return any(onlyName());
    }

    public Records<?, ?> named(String name) throws BspException {
        return any(find(name).name());
    }

    /** As {@link #only()}, with keys and values. */
    public <K extends Writable, V extends Writable> Records<K, V> only(Format<K, V> format) throws BspException {
        return typed(onlyName(), format);
    }

    /** As {@link #named(String)}, with keys and values. */
    public <K extends Writable, V extends Writable> Records<K, V> named(String name, Format<K, V> format)
            throws BspException {
        return typed(find(name).name(), format);
    }

    private String onlyName() throws BspException {
        if (given.isEmpty()) {
            throw BspException.user("the job has no input; give it one with BspJob.input");
        }
        String name = given.size() == 1 ? given.get(0).name() : "input";
        if (given.stream().noneMatch(input -> input.name().equals(name))) {
            throw BspException.user(
                    "the job has %d inputs and none is named 'input'; give Peer.input a name", given.size());
        }
        return name;
    }

    private JobInput find(String name) throws BspException {
        List<String> names = new ArrayList<>();
        for (JobInput input : given) {
            if (input.name().equals(name)) {
                return input;
            }
            names.add(input.name());
        }
        throw BspException.user("the job has no input '%s'; it has %s", name, names);
    }

    private OpenInput any(String name) throws BspException {
        OpenInput open = opened.get(name);
        return open != null ? open : open(name, Format.parse(find(name).format()));
    }

    /** The job's own format goes before the program's, unless it is text, which says nothing; they must fit. */
    @SuppressWarnings("unchecked")
    private <K extends Writable, V extends Writable> Records<K, V> typed(String name, Format<K, V> wanted)
            throws BspException {
        OpenInput open = opened.get(name);
        Format<?, ?> ofJob = Format.parse(find(name).format());
        if (open == null) {
            open = open(name, ofJob.kind() == Format.Kind.TEXT ? wanted : ofJob);
        }
        RecordType type = RecordType.of(wanted, types);
        boolean sameKind =
                ofJob.kind() != Format.Kind.TEXT || open.type().format().equals(wanted);
        if (!sameKind || !open.type().hasClassesOf(type)) {
            throw BspException.user(
                    "input '%s' is read as %s, with records of %s; the program asks for %s, with records of %s",
                    name, open.type().format(), open.type().classes(), wanted, type.classes());
        }
        return (Records<K, V>) open;
    }

    private OpenInput open(String name, Format<?, ?> format) throws BspException {
        RecordType type = RecordType.of(format, types);
        SortedRecords store = dealt.get(name);
        OpenInput input = store != null ? new DealtRecords(name, type, store) : new SplitRecords(name, type, context);
        opened.put(name, input);
        return input;
    }

    /** The same join whenever the same is asked for. */
    @SuppressWarnings("unchecked")
    public <K extends Writable> Joined<K> join(Join how, List<? extends Records<K, ?>> inputs) throws BspException {
        List<OpenInput> ours = new ArrayList<>();
        for (Records<K, ?> input : inputs) {
            Object any = input;
            if (!(any instanceof OpenInput open) || opened.get(open.name()) != any) {
                throw BspException.user("a join takes what Peer.input gave");
            }
            if (ours.contains(open)) {
                throw BspException.user("input '%s' is joined with itself", open.name());
            }
            ours.add(open);
        }
        if (ours.size() < 2) {
            throw BspException.user("a join needs two inputs at least");
        }
        String name = joinName(how, ours);
        JoinedRecords join = joins.get(name);
        if (join == null) {
            join = begin(how, ours, name);
        }
        return (Joined<K>) (Joined<?>) join;
    }

    private JoinedRecords begin(Join how, List<OpenInput> inputs, String name) throws BspException {
        for (OpenInput input : inputs) {
            if (input.isJoined()) {
                throw BspException.user("input '%s' is part of another join already", input.name());
            }
        }
        checkSamePartition(inputs);
        JoinedRecords join = new JoinedRecords(how, inputs, types);
        joins.put(name, join);
        return join;
    }

    private void checkSamePartition(List<OpenInput> inputs) throws BspException {
        String first = find(inputs.get(0).name()).partition();
        for (OpenInput input : inputs) {
            String partition = find(input.name()).partition();
            if (context.assignment().spec().tasks() > 1
                    && (!partition.equals(first) || partition.equals(JobInput.BYTES))) {
                throw BspException.user(
                        "inputs '%s' (%s) and '%s' (%s) cannot be joined: equal keys may lie in different tasks; deal both out"
                                + " in the same way, by hash, range, parts or a class",
                        inputs.get(0).name(), first, input.name(), partition);
            }
        }
    }

    private static String joinName(Join how, List<OpenInput> inputs) {
        StringBuilder name = new StringBuilder(how.name());
        for (OpenInput input : inputs) {
            name.append('\n').append(input.name());
        }
        return name.toString();
    }

    /** Where they stand. */
    public void save(DataOutput out) throws IOException {
        out.writeInt(opened.size());
        for (var input : opened.entrySet()) {
            out.writeUTF(input.getKey());
            out.writeUTF(input.getValue().type().format().toString());
            out.writeBoolean(input.getValue().isJoined());
            if (!input.getValue().isJoined()) {
                input.getValue().save(out);
            }
        }
        out.writeInt(joins.size());
        for (var join : joins.entrySet()) {
            out.writeUTF(join.getKey());
            out.writeLong(join.getValue().given());
        }
    }

    /** Goes on where they stood. */
    public void restore(DataInput in) throws IOException, BspException {
        for (int left = in.readInt(); left > 0; left--) {
            OpenInput input = open(in.readUTF(), Format.parse(in.readUTF()));
            if (!in.readBoolean()) {
                input.restore(in);
            }
        }
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            String[] parts = name.split("\n", -1);
            List<OpenInput> inputs = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                inputs.add(opened.get(parts[i]));
            }
            begin(Join.valueOf(parts[0]), inputs, name).restore(in.readLong());
        }
    }

    /** Adds to the program's failure at which records they were. */
    public void tellRecords(Throwable failure) {
        opened.values().forEach(input -> input.tellRecord(failure));
    }

    /** Nothing stays open. */
    public void close() {
        opened.values().forEach(OpenInput::close);
        for (SortedRecords store : dealt.values()) {
            try {
                store.close();
            } catch (SpillFailure e) {
                // all that was wanted of it has been read
                System.err.println("[" + context.attempt() + "] " + e.getMessage());
            }
        }
    }
}
