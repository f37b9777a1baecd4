package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.TcpProxy;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Described;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import io.valiant.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bad connections between a groom and the master, both ways, by proxies: the groom dials one, and others dial a second that
 * listens on the groom's port of another loopback address. Children choose their ports themselves, so none can stand between
 * them; the noun is {@code links} here too.
 */
@SuppressWarnings("AddressSelection") // numeric addresses of this machine
final class ProxyScenarios {
    private static final String GROOM = "groom-1";
    private static final String FRONT = "127.0.0.2";
    private static final LedgerPlan PLAN = LedgerPlan.usual().steps(60, 100);
    private static final long DELAY_MS = 100;
    private static final long LONG_DELAY_MS = 1_000;
    private static final long CUT_MS = 5_000;
    private static final long SHORT_CUT_MS = 800;
    private static final int FLAPS = 10;

    private static final String UNDISTURBED = "SUCCEEDED with the hash, one attempt for each task, no roll-back";

    private ProxyScenarios() {}

    /** The two ways between a groom and the master. */
    private record Ways(TcpProxy toMaster, TcpProxy toGroom) {
        void silence(boolean fromGroom, boolean fromMaster) {
            toMaster.silence(fromGroom, fromMaster);
            toGroom.silence(fromMaster, fromGroom);
        }
    }

    static List<Scenario> all() {
        return List.of(
                between("links.delay", "everything between a groom and the master takes 100 ms longer", UNDISTURBED)
                        .by(trial -> delay(trial, DELAY_MS)),
                between("links.delay-long", "everything between a groom and the master takes 1 s longer", UNDISTURBED)
                        .on(ClusterShape.quick()
                                .with("bsp.groom.expiry", "15s")
                                .with("bsp.groom.self.fence", "12s")
                                .alone())
                        .by(trial -> delay(trial, LONG_DELAY_MS)),
                between("links.loss", "connections between a groom and the master are cut all the time", UNDISTURBED)
                        .by(ProxyScenarios::loss),
                between(
                                "links.silent-short",
                                "nothing passes between a groom and the master for 0.8 s, 10 times",
                                UNDISTURBED)
                        .by(ProxyScenarios::silentShort),
                between(
                                "links.silent-long",
                                "nothing passes between a groom and the master for 5 s, connections stay",
                                "SUCCEEDED with the hash, nobody charged, the groom LOST and rolled back, then ACTIVE again")
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .by(trial -> silentLong(trial, true, 1)),
                between(
                                "links.unanswered",
                                "the groom is heard by the master and gets no answer for 5 s",
                                "SUCCEEDED with the hash, nobody charged; the groom holds, and goes on or is rolled back")
                        .by(trial -> silentLong(trial, false, 0)));
    }

    private static Described between(String name, String does, String holds) {
        return scenario(name, does).holds(holds).on(ClusterShape.quick().alone());
    }

    private static Ways ways(Trial trial) throws IOException {
        ClusterFixture cluster = trial.cluster();
        HostPort master = cluster.addresses(ClusterFixture.MASTER).get(0);
        HostPort groom = cluster.addresses(GROOM).get(0);
        cluster.stop(GROOM);
        TcpProxy toMaster = TcpProxy.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new InetSocketAddress(master.host(), master.port()));
        trial.whenGone(toMaster::close);
        TcpProxy toGroom = TcpProxy.start(
                new InetSocketAddress(FRONT, groom.port()), new InetSocketAddress(groom.host(), groom.port()));
        trial.whenGone(toGroom::close);
        SortedMap<String, String> keys = new TreeMap<>();
        keys.put("bsp.master.rpc.address", "127.0.0.1:" + toMaster.port());
        keys.put("bsp.groom.rpc.address", FRONT + ":" + groom.port());
        keys.put("bsp.bind.host", groom.host());
        keys.put("bsp.peer.address", groom.host() + ":0");
        cluster.configure(GROOM, keys);
        // at another address it is another groom of that name, which the first one bars
        trial.awaitGroom(GROOM, "LOST", Trial.LONG_MS);
        cluster.start(GROOM);
        trial.awaitGroom(GROOM, "ACTIVE", Trial.LONG_MS);
        return new Ways(toMaster, toGroom);
    }

    private static void delay(Trial trial, long ms) throws IOException {
        Ways ways = ways(trial);
        ways.toMaster.delay(ms);
        ways.toGroom.delay(ms);
        MasterScenarios.undisturbed(trial, trial.ledger(PLAN));
        ways.toMaster.delay(0);
        ways.toGroom.delay(0);
    }

    private static void loss(Trial trial) throws IOException {
        Ways ways = ways(trial);
        long seed = trial.random().nextLong();
        ways.toMaster.loseConnections(seed, 300, 900);
        ways.toGroom.loseConnections(seed + 1, 300, 900);
        MasterScenarios.undisturbed(trial, trial.ledger(PLAN));
        long lost = ways.toMaster.lost() + ways.toGroom.lost();
        trial.figure("connections_cut", lost);
        trial.expect(lost > 0, "no connection was cut");
    }

    private static void silentShort(Trial trial) throws IOException {
        Ways ways = ways(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN.steps(220, 100), 2);
        for (int flap = 0; flap < FLAPS; flap++) {
            ways.silence(true, true);
            trial.pause(SHORT_CUT_MS);
            ways.silence(false, false);
            trial.pause(SHORT_CUT_MS);
        }
        MasterScenarios.undisturbed(trial, ledger);
    }

    private static void silentLong(Trial trial, boolean bothWays, int leastRollbacks) throws IOException {
        Ways ways = ways(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN, 5);
        long generation = ledger.generation();
        long fromNs = Waits.nowNs();
        ways.silence(bothWays, true);
        if (bothWays) {
            Hits.awaitGeneration(trial, ledger, generation, fromNs);
        }
        trial.pauseSince(fromNs, CUT_MS);
        ways.silence(false, false);
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, leastRollbacks, 2);
        trial.awaitGroom(GROOM, "ACTIVE", Trial.LONG_MS);
    }
}
