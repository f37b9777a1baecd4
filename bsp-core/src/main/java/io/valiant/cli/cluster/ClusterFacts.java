package io.valiant.cli.cluster;

import io.valiant.bsp.BspException;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.cli.ClusterAccess;
import io.valiant.cli.Shell;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.config.SiteFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code cluster status} shows. Processes and addresses are told by files, so they are there whatever is down.
 *
 * @param masters with their processes
 * @param grooms with their processes, and what the master thinks of them
 */
record ClusterFacts(List<Master> masters, List<Groom> grooms) {
    /** How long a master that does not answer is waited for. */
    private static final String PATIENCE = "3s";

    /** {@code pid} is null where it does not run; {@code leader} whether it answers as one. */
    record Master(String name, Long pid, String rpc, String http, String log, boolean leader) {}

    /** {@code pid} and {@code report} are null where it does not run, {@code state} where no master tells it. */
    record Groom(String name, Long pid, String rpc, String http, String report, String log, GroomState state) {}

    static ClusterFacts of(LocalCluster cluster, Shell shell) throws BspException {
        ClusterFolder folder = cluster.folder();
        Daemons daemons = cluster.daemons();
        Long master = boxed(daemons.pid(ClusterFolder.MASTER));
        SortedMap<String, GroomState> states = master == null ? null : askMaster(folder, shell);
        BspConfiguration masters = SiteFile.load(folder.conf(), new TreeMap<>());
        List<Groom> grooms = new ArrayList<>();
        for (String name : folder.grooms()) {
            BspConfiguration values = SiteFile.load(folder.conf(name), new TreeMap<>());
            grooms.add(new Groom(
                    name,
                    boxed(daemons.pid(name)),
                    values.get(Keys.GROOM_RPC_ADDRESS).toString(),
                    values.get(Keys.GROOM_HTTP_ADDRESS).toString(),
                    daemons.told(name, "report"),
                    folder.log(name).toString(),
                    states == null ? null : states.get(name)));
        }
        return new ClusterFacts(
                List.of(new Master(
                        ClusterFolder.MASTER,
                        master,
                        masters.get(Keys.MASTER_RPC_ADDRESS).toString(),
                        masters.get(Keys.MASTER_HTTP_ADDRESS).toString(),
                        folder.log(ClusterFolder.MASTER).toString(),
                        states != null)),
                grooms);
    }

    private static Long boxed(OptionalLong pid) {
        return pid.isPresent() ? pid.getAsLong() : null;
    }

    /** The grooms' states, or null where the master does not answer. */
    private static SortedMap<String, GroomState> askMaster(ClusterFolder folder, Shell shell) throws BspException {
        SortedMap<String, String> patience = new TreeMap<>();
        patience.put(Keys.CLIENT_TIMEOUT.name(), PATIENCE);
        SortedMap<String, GroomState> states = new TreeMap<>();
        try (ClusterAccess access = shell.connect(SiteFile.load(folder.conf(), patience))) {
            for (GroomStatus groom : shell.answer(access.calls().grooms())) {
                states.put(groom.name(), groom.state());
            }
            return states;
        } catch (BspException e) {
            return null;
        }
    }
}
