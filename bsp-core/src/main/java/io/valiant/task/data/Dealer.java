package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.Partitioner;
import io.valiant.exchange.Exchange;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.task.TaskContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Writable;

/**
 * Deals records out to tasks by their keys, in supersteps of its own, which are numbered so that the program's first is 0:
 * -2, in which every task sends samples of its keys to all, if an input wants ranges, and -1, in which the records go to
 * their tasks. {@link io.valiant.protocol.JobSpec#firstSuperstep} knows how many there are. Equal keys keep
 * the order they have in the input, whatever the number of tasks: splits lie in the order of the tasks, and senders are read
 * in that order.
 */
final class Dealer {
    private final TaskContext context;
    private final Exchange exchange;
    private final Types types;
    private final List<Deal> deals;
    private RangeBorders borders;

    /** An input that is dealt out; {@code number} tells its records on the way. */
    record Deal(int number, JobInput input, RecordType type, SortedRecords into) {
        boolean isRange() {
            return input.partition().equals(JobInput.RANGE);
        }
    }

    Dealer(TaskContext context, Types types, List<Deal> deals) {
        this.context = context;
        this.exchange = context.exchange();
        this.types = types;
        this.deals = deals;
    }

    void deal() throws BspException {
        if (deals.stream().anyMatch(Deal::isRange)) {
            sample();
        }
        for (Deal deal : deals) {
            send(deal);
        }
        barrier();
        try {
            receive();
        } catch (IOException e) {
            throw unread(e);
        }
        for (Deal deal : deals) {
            deal.into.sort();
        }
    }

    private void barrier() throws BspException {
        exchange.sync(false, false, ByteBuffer.allocate(0));
    }

    /** What spilled messages met comes as the cause. */
    private static BspException unread(IOException e) {
        return e.getCause() instanceof BspException told
                ? told
                : new BspException(
                        BspException.Kind.FATAL, "records on their way cannot be read: " + e.getMessage(), e);
    }

    /** Reads an input; what fails tells at which record. */
    private void each(Deal deal, Use use) throws BspException {
        SplitRecords records = new SplitRecords(deal.input.name(), deal.type, context);
        try {
            while (records.advance()) {
                use.record(records.key(), records.value());
            }
        } catch (IOException e) {
            if (e.getCause() instanceof BspException told) {
                // what the exchange itself met
                throw told;
            }
            BspException failure = new BspException(
                    BspException.Kind.USER,
                    "a record of input '" + deal.input.name() + "' cannot be sent: " + e.getMessage(),
                    e);
            records.tellRecord(failure);
            throw failure;
        } catch (BspException | RuntimeException e) {
            records.tellRecord(e);
            throw e;
        } finally {
            records.close();
        }
    }

    /** What is done with a record. */
    private interface Use {
        void record(Writable key, Writable value) throws IOException, BspException;
    }

    private void sample() throws BspException {
        Deal first = null;
        Sampler sampler = new Sampler();
        Bytes bytes = new Bytes();
        for (Deal deal : deals) {
            if (deal.isRange()) {
                first = first == null ? deal : first;
                if (deal.type.keyClass() != first.type.keyClass()) {
                    throw BspException.user(
                            "inputs '%s' and '%s' are dealt out by range and have keys of %s and %s: their borders cannot be"
                                    + " the same",
                            first.input.name(),
                            deal.input.name(),
                            first.type.keyClass().getName(),
                            deal.type.keyClass().getName());
                }
                each(deal, (key, value) -> {
                    bytes.hold(key);
                    sampler.see(bytes.array(), bytes.size());
                });
            }
        }
        KeyOrder order = KeyOrder.of(first.type.keyClass(), types);
        try {
            for (int peer = 0; peer < exchange.count(); peer++) {
                MessageWriter out = exchange.writer(peer);
                for (byte[] key : sampler.keys()) {
                    out.beginMessage();
                    out.writeLong(sampler.weight());
                    out.writeInt(key.length);
                    out.write(key);
                    out.endMessage();
                }
            }
            barrier();
            borders = RangeBorders.of(order, samples(), exchange.count());
        } catch (IOException e) {
            throw unread(e);
        }
    }

    private List<RangeBorders.Sample> samples() throws IOException {
        List<RangeBorders.Sample> samples = new ArrayList<>();
        for (int sender = 0; sender < exchange.count(); sender++) {
            MessageReader in = exchange.reader(sender);
            for (long left = exchange.received(sender); left > 0; left--) {
                long weight = in.readLong();
                int length = in.readInt();
                if (length < 0 || length > in.remaining()) {
                    throw new IOException("a sample of " + length + " bytes");
                }
                byte[] key = new byte[length];
                in.readFully(key);
                samples.add(new RangeBorders.Sample(key, weight));
            }
        }
        return samples;
    }

    private void send(Deal deal) throws BspException {
        Bytes keyBytes = new Bytes();
        Bytes valueBytes = new Bytes();
        Choice choice = choice(deal);
        each(deal, (key, value) -> {
            keyBytes.hold(key);
            valueBytes.hold(value);
            int task = choice.taskOf(key, value, keyBytes);
            if (task < 0 || task >= exchange.count()) {
                throw BspException.user(
                        "%s gave task %d for the key '%s'; there are 0 to %d",
                        deal.input.partition(), task, key, exchange.count() - 1);
            }
            MessageWriter out = exchange.writer(task);
            out.beginMessage();
            out.writeInt(deal.number);
            out.writeInt(keyBytes.size());
            out.writeInt(valueBytes.size());
            out.write(keyBytes.array(), 0, keyBytes.size());
            out.write(valueBytes.array(), 0, valueBytes.size());
            out.endMessage();
        });
    }

    /** Which task a record goes to. */
    private interface Choice {
        int taskOf(Writable key, Writable value, Bytes keyBytes);
    }

    private Choice choice(Deal deal) throws BspException {
        int tasks = exchange.count();
        if (deal.isRange()) {
            return (key, value, bytes) -> borders.taskOf(bytes.array(), bytes.size());
        }
        if (deal.input.partition().equals(JobInput.HASH)) {
            return (key, value, bytes) -> KeyHash.taskOf(bytes.array(), bytes.size(), tasks);
        }
        @SuppressWarnings("unchecked")
        Partitioner<Writable, Writable> partitioner = (Partitioner<Writable, Writable>)
                types.make(types.load(deal.input.partition(), Partitioner.class, "the partitioner"));
        return (key, value, bytes) -> partitioner.partition(key, value, tasks);
    }

    private void receive() throws IOException, BspException {
        for (int sender = 0; sender < exchange.count(); sender++) {
            MessageReader in = exchange.reader(sender);
            for (long left = exchange.received(sender); left > 0; left--) {
                int number = in.readInt();
                if (number < 0 || number >= deals.size()) {
                    throw new IOException("a record of input " + number + " of " + deals.size());
                }
                int keyLength = in.readInt();
                int valueLength = in.readInt();
                if (keyLength < 0 || valueLength < 0 || (long) keyLength + valueLength > in.remaining()) {
                    throw new IOException("a record of " + keyLength + " and " + valueLength + " bytes");
                }
                deals.get(number).into.add(keyLength, valueLength, in);
            }
        }
    }
}
