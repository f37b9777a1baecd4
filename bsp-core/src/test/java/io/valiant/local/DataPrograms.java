package io.valiant.local;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.FileShare;
import io.valiant.bsp.Format;
import io.valiant.bsp.Input;
import io.valiant.bsp.InputFormat;
import io.valiant.bsp.Join;
import io.valiant.bsp.Joined;
import io.valiant.bsp.OutputFormat;
import io.valiant.bsp.Partitioner;
import io.valiant.bsp.Peer;
import io.valiant.bsp.RecordReader;
import io.valiant.bsp.Records;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;

/** Programs that read, deal out, join and write. */
final class DataPrograms {
    private DataPrograms() {}

    /** Writes the records of its input as they come. */
    static final class Copy extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            Records<Text, Text> in = peer.input(Format.keyValue());
            while (in.next()) {
                peer.output().write(in.key(), in.value());
                peer.counter("copy", "records").increment();
            }
        }
    }

    /** The same of texts and numbers, by a sequence file. */
    static final class Numbers extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            Records<Text, LongWritable> in = peer.input(Format.sequence(Text.class, LongWritable.class));
            while (in.next()) {
                peer.output().write(in.key(), in.value());
            }
        }
    }

    /** Writes each line's key and its length as a number. */
    static final class Measure extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            Records<Text, Text> in = peer.input(Format.keyValue());
            while (in.next()) {
                peer.output().write(in.key(), (long) in.value().getLength());
            }
        }
    }

    /** Texts and numbers as JSON, a line each, under a line that says so. */
    static final class Json extends OutputFormat<Text, LongWritable> {
        @Override
        public void begin(OutputStream out) throws IOException {
            out.write("// json\n".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void write(Text key, LongWritable value, OutputStream out) throws IOException {
            out.write("{\"key\":\"".getBytes(StandardCharsets.UTF_8));
            if (key.find("\"") >= 0) {
                throw new IOException("a quote");
            }
            out.write(key.getBytes(), 0, key.getLength());
            out.write(("\",\"value\":" + value + "}\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads what it is given as text. */
    static final class Show extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            Input in = peer.input();
            while (in.next()) {
                peer.output().writeLine(in.text());
            }
            in.reopen();
            long again = 0;
            while (in.next()) {
                again++;
            }
            peer.counter("show", "again").add(again);
        }
    }

    /** Joins 'left' and 'right' as the setting says. */
    static final class Pairs extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            Records<Text, Text> left = peer.input("left", Format.keyValue());
            Records<Text, Text> right = peer.input("right", Format.keyValue());
            Join how = Join.valueOf(peer.settings().get("join"));
            Joined<Text> both = peer.join(how, List.of(left, right));
            while (both.next()) {
                peer.output().writeLine(both.key() + " " + both.value(left) + " " + both.value(right));
                if (both.has(left) != (both.value(left) != null)) {
                    throw new AssertionError("has and value differ");
                }
            }
        }
    }

    /** Ints with a byte in front that says how many. */
    static final class Packets extends InputFormat<IntWritable, IntWritable> {
        @Override
        public RecordReader<IntWritable, IntWritable> open(FileShare share) throws IOException, BspException {
            DataInputStream in = new DataInputStream(new BufferedInputStream(share.open(0)));
            return new RecordReader<>() {
                private int packet;
                private int left;
                private long at;
                private long current;

                @Override
                public boolean next(IntWritable key, IntWritable value) throws IOException {
                    current = at;
                    while (left == 0) {
                        int count = in.read();
                        if (count < 0) {
                            return false;
                        }
                        if (count > 100) {
                            throw new IOException("a packet of " + count);
                        }
                        at++;
                        packet++;
                        left = count;
                    }
                    left--;
                    key.set(packet);
                    value.set(in.readInt());
                    at += Integer.BYTES;
                    return true;
                }

                @Override
                public long position() {
                    return current;
                }

                @Override
                public void close() throws IOException {
                    in.close();
                }
            };
        }
    }

    /** Records of eight bytes: they may be cut anywhere. */
    static final class Eights extends InputFormat<LongWritable, LongWritable> implements InputFormat.Splittable {
        @Override
        public RecordReader<LongWritable, LongWritable> open(FileShare share) throws IOException, BspException {
            long first = (share.offset() + 7) / 8 * 8;
            DataInputStream in = new DataInputStream(new BufferedInputStream(share.open(first)));
            return new RecordReader<>() {
                private long at = first - 8;

                @Override
                public boolean next(LongWritable key, LongWritable value) throws IOException {
                    if (at + 8 >= share.end()) {
                        return false;
                    }
                    at += 8;
                    key.set(at);
                    value.set(in.readLong());
                    return true;
                }

                @Override
                public long position() {
                    return at;
                }

                @Override
                public void close() throws IOException {
                    in.close();
                }
            };
        }
    }

    /** Sums packets, and the like. */
    static final class Sums extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            if (peer.settings().get("what", "packets").equals("packets")) {
                Records<IntWritable, IntWritable> in = peer.input(Format.of(Packets.class));
                while (in.next()) {
                    peer.counter("sum", "records").increment();
                    peer.counter("sum", "values").add(in.value().get());
                }
            } else {
                Records<LongWritable, LongWritable> in = peer.input(Format.of(Eights.class));
                while (in.next()) {
                    peer.counter("sum", "records").increment();
                    peer.counter("sum", "values").add(in.value().get());
                }
            }
        }
    }

    /** By the first letter; or wrong. */
    static final class ByLetter implements Partitioner<Text, Text> {
        @Override
        public int partition(Text key, Text value, int tasks) {
            return key.getLength() == 0 ? tasks : key.charAt(0) % tasks;
        }
    }

    /** Says which superstep the program begins with. */
    static final class Steps extends Bsp<Text> {
        @Override
        public void run(Peer<Text> peer) throws BspException {
            peer.counter("steps", "first").add(peer.superstep());
            peer.counter("steps", "messages").add(peer.messages().count());
            peer.sync();
            if (peer.settings().getBoolean("fail", false)) {
                throw BspException.user("planted");
            }
            peer.counter("steps", "second").add(peer.superstep());
            Records<Text, Text> in = peer.input(Format.keyValue());
            while (in.next()) {
                peer.send(0, in.key());
            }
            peer.sync();
            peer.counter("steps", "messages").add(peer.messages().count());
        }
    }

    /** Writes the lines of a side file. */
    static final class Side extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            try {
                for (String line : Files.readAllLines(peer.file("words.txt"))) {
                    peer.output().writeLine(peer.index() + " " + line);
                }
            } catch (IOException e) {
                throw new BspException(BspException.Kind.USER, "words", e);
            }
            if (peer.settings().getBoolean("other", false)) {
                throw BspException.user("found %s", peer.file("other.txt"));
            }
        }
    }

    /** Throws at a record. */
    static final class Throws extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            Records<Text, Text> in = peer.input(Format.keyValue(";"));
            while (in.next()) {
                Integer.parseInt(in.value().toString());
            }
        }
    }
}
