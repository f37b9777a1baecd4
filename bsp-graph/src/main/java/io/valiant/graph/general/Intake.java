package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.Growth;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.io.IOException;

/** Reads what came in a superstep: messages into the mail, changes into a log, answers about slots at once. */
final class Intake {
    private final Exchange exchange;
    private final VertexStore store;
    private final Mail mail;
    /** What was asked of each slot: the kind, then what follows the vertex's own id. */
    private final SlotLog changes = new SlotLog();

    private final ByteOutput id = new ByteOutput();
    private final ByteOutput rest = new ByteOutput();
    private final ByteOutput change = new ByteOutput();
    private int[] slots = new int[16];

    /** Who has been answered about which slot in this superstep. */
    private final LongOpenHashSet told = new LongOpenHashSet();

    /** By task: how many slots it has told. */
    private final int[] slotsOf;

    Intake(Exchange exchange, VertexStore store, Mail mail, int[] slotsOf) {
        this.exchange = exchange;
        this.store = store;
        this.mail = mail;
        this.slotsOf = slotsOf;
    }

    /** Sorted by slot after {@link #read}. */
    SlotLog changes() {
        return changes;
    }

    /** Reads everything, of messages only if they are to be delivered. */
    void read(boolean messages) throws IOException, BspException {
        changes.clear();
        told.clear();
        long expected = 0;
        for (int task = 0; task < exchange.count(); task++) {
            expected += exchange.reader(task).remaining();
        }
        mail.begin(messages ? expected : 0, store.slots());
        for (int task = 0; task < exchange.count(); task++) {
            MessageReader in = exchange.reader(task);
            while (in.remaining() > 0) {
                readRecord(task, in, messages);
            }
        }
        mail.end(store.slots());
        changes.sort(0, store.slots());
    }

    private void readRecord(int task, MessageReader in, boolean messages) throws IOException, BspException {
        byte kind = in.readByte();
        switch (kind) {
            case Wire.SEND -> {
                slots[0] = checked(in.readIntLE());
                message(task, 1, in, messages);
            }
            case Wire.SEND_TO_MANY -> message(task, readSlots(in), in, messages);
            case Wire.SEND_AND_MIRROR -> {
                int source = source(task, in.readIntLE());
                int count = readSlots(in);
                mail.mirror(task, source, slots, count);
                messageByMirror(task, source, in, messages);
            }
            case Wire.SEND_BY_MIRROR -> messageByMirror(task, in.readIntLE(), in, messages);
            case Wire.SEND_BY_MIRRORS -> messagesByMirrors(task, in, messages);
            case Wire.SEND_BY_ID -> {
                Wire.readBytes(in, id);
                slots[0] = ownSlot();
                tell(task, slots[0]);
                message(task, 1, in, messages);
            }
            case Wire.TELL -> {
                Wire.readBytes(in, id);
                store.tell(store.place(id.bytes(), 0, id.size()), in.readIntLE());
            }
            case Wire.ADD_VERTEX, Wire.REMOVE_EDGES -> readChange(kind, 1, in);
            case Wire.REMOVE_VERTEX -> readChange(kind, 0, in);
            case Wire.ADD_EDGE -> readChange(kind, 2, in);
            default -> throw new IOException("a record of unknown kind " + kind);
        }
    }

    /** Checks the slot of a vertex of another task, which is given room for. */
    private int source(int task, int slot) throws IOException {
        if (slot < 0 || slot >= slotsOf[task]) {
            throw new IOException(
                    "a mirror of slot " + slot + " of task " + task + ", which has " + slotsOf[task] + " slots");
        }
        return slot;
    }

    /** Reads how many slots and which, and returns how many. */
    private int readSlots(MessageReader in) throws IOException, BspException {
        int count = Wire.readLength(in);
        room(count);
        in.readInts(slots, 0, count);
        for (int i = 0; i < count; i++) {
            checked(slots[i]);
        }
        return count;
    }

    private void message(int task, int count, MessageReader in, boolean wanted) throws IOException, BspException {
        int length = Wire.readLength(in);
        if (wanted) {
            mail.add(task, slots, count, length, in);
        } else {
            skip(length, in);
        }
    }

    private void messageByMirror(int task, int source, MessageReader in, boolean wanted)
            throws IOException, BspException {
        int length = Wire.readLength(in);
        slots[0] = source;
        if (wanted) {
            mail.addByMirrors(task, slots, 1, length, in);
        } else {
            skip(length, in);
        }
    }

    private void messagesByMirrors(int task, MessageReader in, boolean wanted) throws IOException, BspException {
        int count = Wire.readLength(in);
        int length = Wire.readLength(in);
        if ((long) count * (Integer.BYTES + (long) length) > in.remaining()) {
            throw new IOException(
                    count + " messages of " + length + " bytes where " + in.remaining() + " bytes are left");
        }
        room(count);
        in.readInts(slots, 0, count);
        if (wanted) {
            mail.addByMirrors(task, slots, count, length, in);
        } else {
            skip((long) count * length, in);
        }
    }

    private void room(int count) {
        if (count > slots.length) {
            slots = new int[Growth.atLeast(slots.length, count)];
        }
    }

    private static void skip(long length, MessageReader in) throws IOException {
        for (long left = length; left > 0; ) {
            left -= in.skipBytes((int) Math.min(left, Integer.MAX_VALUE));
        }
    }

    /** Reads a change with so many pieces behind the id. */
    private void readChange(byte kind, int pieces, MessageReader in) throws IOException {
        Wire.readBytes(in, id);
        change.reset();
        change.write(kind);
        for (int i = 0; i < pieces; i++) {
            Wire.readBytes(in, rest);
            change.writeIntLe(rest.size());
            change.write(rest.bytes(), 0, rest.size());
        }
        changes.add(ownSlot(), change.bytes(), 0, change.size());
    }

    private int ownSlot() throws IOException {
        int place = store.place(id.bytes(), 0, id.size());
        if (store.ownerOf(place) != store.index) {
            throw new IOException("a record for a vertex of task " + store.ownerOf(place));
        }
        return store.slotOf(place);
    }

    private int checked(int slot) throws BspException {
        if (slot < 0 || slot >= store.slots()) {
            throw BspException.user(
                    "a message was sent to the vertex of number %d, which there is not",
                    (long) slot * store.tasks + store.index);
        }
        return slot;
    }

    /** Answers, so that the next message need not name the id; leaves with what vertices send next. */
    private void tell(int task, int slot) throws IOException {
        if (task != store.index && told.add((long) task << 32 | slot)) {
            MessageWriter out = exchange.writer(task);
            out.beginMessage();
            out.write(Wire.TELL);
            Wire.writeBytes(out, id);
            out.writeIntLE(slot);
            out.endMessage();
        }
    }

    /** Reads answers after a barrier at which nothing else was sent. */
    void readAnswers() throws IOException, BspException {
        for (int task = 0; task < exchange.count(); task++) {
            MessageReader in = exchange.reader(task);
            while (in.remaining() > 0) {
                readRecord(task, in, true);
            }
        }
    }
}
