package io.valiant.bsp;

import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Where programs begin that deal with a cluster as a whole: tools, services, notebooks. Whoever only runs a job needs no more than
 * {@link BspJob#submit()}.
 *
 * <pre>
 * try (Cluster cluster = Valiant.connect(Path.of("/etc/valiant"))) {
 *     System.out.println(cluster.leader().address());
 *     JobHandle nightly = cluster.submit(BspJob.of(Nightly.class).tasks(4));
 *     JobWatch watch = cluster.watch();
 *     while (!nightly.status().state().isEnded()) {
 *         watch.next(Duration.ofMinutes(1)).forEach(job -&gt; System.out.println(job.id() + " " + job.state()));
 *     }
 * }
 * </pre>
 */
public final class Valiant {
    private Valiant() {}

    /**
     * The cluster that {@link BspJob#submit()} goes to: of the configuration folder that the system property {@code bsp.conf.dir} or
     * the environment variable {@code BSP_CONF_DIR} names, else {@code conf} in the working folder.
     *
     * @throws BspException USER if the configuration is wrong
     */
    public static Cluster connect() throws BspException {
        return connector().connect();
    }

    /**
     * The cluster of a configuration folder, as {@code bsp --config} takes one. A system property with the name of a key wins over
     * the folder's file. Whether a master is there shows at the first call.
     *
     * @throws BspException USER if the configuration is wrong
     */
    public static Cluster connect(Path configuration) throws BspException {
        return connector().connect(configuration);
    }

    private static ClusterConnector connector() throws BspException {
        return ServiceLoader.load(ClusterConnector.class, Valiant.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new BspException(
                        BspException.Kind.FATAL,
                        "no way to reach a cluster on the class path: the jar bsp-core is not whole"));
    }
}
