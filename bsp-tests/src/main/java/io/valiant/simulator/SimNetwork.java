package io.valiant.simulator;

import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.simulator.engine.Calls;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.SimRandom;
import io.valiant.simulator.engine.Stream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Who reaches whom: calls to the master and to grooms, connections to grooms and between children. */
final class SimNetwork {
    private final World world;
    private final Calls calls;
    private final SimRandom random;

    SimNetwork(World world, Calls calls, SimRandom random) {
        this.world = world;
        this.calls = calls;
        this.random = random;
    }

    /** From now on calls have the plan's weather. */
    void begin() {
        Plan.CallWeather weather = world.plan().calls();
        calls.weather(new Calls.Weather(weather.loss(), weather.late(), weather.lateNs(), weather.repeat()));
    }

    /** Nothing happens to calls any more. */
    void calmDown() {
        calls.weather(Calls.Weather.FINE);
    }

    /** What a call asks of the master that gets it. */
    interface Request {
        MasterEvent at(SimMaster master, long call);
    }

    /** Calls the master; null for a call that failed or was refused. */
    @SuppressWarnings("unchecked")
    <A> void callMaster(SimProcess caller, Request request, Consumer<A> answered) {
        askMaster(caller, request, answer -> answered.accept(answer == null ? null : (A) answer.reply()));
    }

    /** Calls the master; null for a call that failed. */
    void askMaster(SimProcess caller, Request request, Consumer<SimMaster.Answer> answered) {
        calls.<SimMaster.Answer>call(
                caller,
                world.masterHost(),
                () -> world.masterHost().listener(SimMaster.RPC_PORT),
                world.plan().times().callTimeoutNs(),
                (there, answer) -> {
                    SimMaster asked = (SimMaster) there;
                    asked.call(call -> request.at(asked, call), answer);
                },
                answered);
    }

    void callGroom(SimProcess caller, String host, int port, DirectiveBatch batch, Consumer<DirectiveReply> answered) {
        SimHost at = world.host(host);
        calls.<DirectiveReply>call(
                caller,
                at,
                () -> at.listener(port),
                world.plan().times().callTimeoutNs(),
                (there, answer) -> ((SimGroom) there).push(batch, answer),
                answered);
    }

    /** A child connects to its groom's report server, whoever that is now; null if nobody is there. */
    void connectReport(SimProcess child, Consumer<Stream<Object>> connected) {
        child.later(world.cables().latencyNs(child.host(), child.host()), "connect-report", () -> {
            SimGroom groom = (SimGroom) child.host().listener(SimGroom.RPC_PORT);
            if (groom == null) {
                connected.accept(null);
                return;
            }
            Stream<Object> stream = Stream.open(world.agenda(), world.cables(), random, child, groom);
            groom.connected(stream);
            connected.accept(stream);
        });
    }

    /** A child dials another's data address; null if nobody is there. */
    void connect(SimProcess child, PeerAddress address, Consumer<Stream<ByteBuffer>> connected) {
        SimHost at = world.host(address.host());
        if (!world.cables().reaches(child.host(), at) || !world.cables().reaches(at, child.host())) {
            child.later(world.plan().times().callTimeoutNs(), "connect-timeout", () -> connected.accept(null));
            return;
        }
        long tripNs =
                world.cables().latencyNs(child.host(), at) + world.cables().latencyNs(at, child.host());
        child.later(tripNs, "connect", () -> {
            SimProcess there = at.listener(address.port());
            if (there instanceof SimChild peer && peer.isAlive()) {
                Stream<ByteBuffer> stream = Stream.open(world.agenda(), world.cables(), random, child, peer);
                peer.incoming(stream);
                connected.accept(stream);
            } else {
                connected.accept(null);
            }
        });
    }
}
