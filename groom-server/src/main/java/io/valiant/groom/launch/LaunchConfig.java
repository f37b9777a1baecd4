package io.valiant.groom.launch;

import io.valiant.config.BspConfiguration;
import io.valiant.groom.core.JvmOptions;
import io.valiant.transport.PeerFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What every child of this groom is started with.
 *
 * @param java the command
 * @param classPath of children, jar by jar
 * @param archive of that class path's class data, checked by the JVM; empty for none
 * @param mainClass of children
 * @param reportAddress of the task-report server
 * @param peers where children meet those of other grooms on this machine; empty if there can be no such place
 * @param configuration of the groom
 * @param childOptions of children whose job asks for nothing
 * @param processors of the machine
 */
public record LaunchConfig(
        Path java,
        List<Path> classPath,
        Optional<Path> archive,
        String mainClass,
        String reportAddress,
        Optional<PeerFolder> peers,
        BspConfiguration configuration,
        JvmOptions childOptions,
        int processors) {
    /** The main class of a child JVM. */
    public static final String CHILD_MAIN = "io.valiant.task.BspChildRunner";

    public LaunchConfig {
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(archive, "archive");
        Objects.requireNonNull(mainClass, "mainClass");
        Objects.requireNonNull(reportAddress, "reportAddress");
        Objects.requireNonNull(peers, "peers");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(childOptions, "childOptions");
        classPath = List.copyOf(classPath);
    }
}
