package io.valiant.simulator;

import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.PeerTable;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.SimRandom;
import io.valiant.simulator.engine.Stream;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A process that pretends to be a child: with a wrong token to its groom, with a wrong number or secret to its peers. */
final class SimImpostor extends SimProcess {
    /** Above what any honest peer has dialled. */
    private static final long DIAL = 1L << 40;

    private final World world;
    private final SimChild model;

    /** @param model whom it pretends to be, or whom it dials */
    SimImpostor(World world, SimChild model) {
        super(world.agenda(), model.host(), "impostor", model.clock());
        this.world = world;
        this.model = model;
    }

    /** Attaches to the groom of its model with that token. */
    void attach(String token) {
        world.network().connectReport(this, stream -> {
            if (stream == null) {
                return;
            }
            stream.client(new Stream.Ear<>() {
                @Override
                public void heard(Object message) {
                    if (message instanceof GroomMessage.Attached) {
                        throw new Violation("I4", "an impostor with a wrong token is taken for " + model.attempt());
                    }
                }

                @Override
                public void closed(String why) {
                    die();
                }
            });
            stream.sayToServer(new ChildMessage.Attach(token, model.attempt(), 1, host().toString(), 1));
        });
    }

    /** Dials its model as another peer of its job, with one thing wrong. */
    void dial(PeerTable table, int as, SimRandom random) {
        PeerTable.PeerAddress honest = table.peers().get(as);
        int wrong = random.below(3);
        ByteBuffer hello = hello(
                table.job().value(),
                table.generation() - (wrong == 0 ? 1 : 0),
                as,
                honest.attempt().number() + (wrong == 1 ? 1 : 0),
                wrong == 2 ? "0".repeat(table.secret().length()) : table.secret(),
                model.exchange().acknowledgedBy(as));
        world.network().connect(this, table.peers().get(model.attempt().task()), stream -> {
            if (stream == null) {
                return;
            }
            stream.client(new Stream.Ear<>() {
                @Override
                public void heard(ByteBuffer frame) {
                    if (Frame.kind(frame) == FrameKind.WELCOME) {
                        throw new Violation(
                                "I4",
                                model + " welcomes an impostor of task " + as + " with a wrong "
                                        + new String[] {"generation", "attempt", "secret"}[wrong]);
                    }
                }

                @Override
                public void closed(String why) {
                    die();
                }
            });
            stream.sayToServer(hello);
        });
    }

    private static ByteBuffer hello(String job, long generation, int index, int attempt, String secret, long received) {
        byte[] name = job.getBytes(StandardCharsets.US_ASCII);
        byte[] shown = secret.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = Frame.allocate(4 + 8 + 2 + name.length + shown.length);
        frame.putInt(attempt).putLong(DIAL);
        frame.put((byte) name.length).put(name);
        frame.put((byte) shown.length).put(shown);
        Frame.end(frame, FrameKind.HELLO, generation, 0, index);
        Frame.stamp(frame, 0, received, new CRC32C());
        return frame;
    }
}
