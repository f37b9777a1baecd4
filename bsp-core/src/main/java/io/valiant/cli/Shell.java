package io.valiant.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Progress;
import io.valiant.config.BspConfiguration;
import io.valiant.config.ConfigurationException;
import io.valiant.config.SiteFile;
import io.valiant.io.FileStores;
import io.valiant.protocol.CallException;
import io.valiant.protocol.StatusJson;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What verbs have of the world: where to print, the configuration, the cluster. Everything is loaded at its first use.
 * Used by the main thread alone.
 */
public final class Shell implements AutoCloseable {
    /** How a cluster is reached. */
    @FunctionalInterface
    public interface Connector {
        ClusterAccess connect(BspConfiguration configuration) throws BspException;
    }

    private final PrintStream out;
    private final PrintStream err;
    private final Connector connector;
    private final SortedMap<String, String> overrides = new TreeMap<>();
    private Path configurationFolder;
    private boolean verbose;
    private boolean jvmLeftToProgram;
    private BspConfiguration configuration;
    private ClusterAccess cluster;

    /** @param configurationFolder the one that holds unless the command line names another */
    public Shell(PrintStream out, PrintStream err, Path configurationFolder, Connector connector) {
        this.out = Objects.requireNonNull(out, "out");
        this.err = Objects.requireNonNull(err, "err");
        this.configurationFolder = Objects.requireNonNull(configurationFolder, "configurationFolder");
        this.connector = Objects.requireNonNull(connector, "connector");
    }

    /** Results. */
    public PrintStream out() {
        return out;
    }

    /** Progress and errors. */
    public PrintStream err() {
        return err;
    }

    /** Prints one document on {@link #out()}. */
    public void json(Object facts) throws BspException {
        out.println(StatusJson.text(facts));
    }

    /** Where the progress of a job goes. */
    public Progress progress() {
        return Progress.states();
    }

    /** The same of a job that makes so many iterations. */
    public Progress progress(long iterations) {
        return Progress.states(iterations);
    }

    void configurationFolder(Path folder) {
        configurationFolder = folder;
    }

    /** The folder that holds {@code bsp-site.xml}. */
    public Path configurationFolder() {
        return configurationFolder;
    }

    void overrides(Map<String, String> values) {
        overrides.putAll(values);
    }

    /** What {@code -D} gave before the noun. */
    public SortedMap<String, String> overrides() {
        return new TreeMap<>(overrides);
    }

    void verbose(boolean value) {
        verbose |= value;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** A user's program may have threads that go on after the verb: the JVM ends when they do. */
    public void leaveJvmToProgram() {
        jvmLeftToProgram = true;
    }

    boolean isJvmLeftToProgram() {
        return jvmLeftToProgram;
    }

    /** The configuration of the folder with what {@code -D} gave. */
    public BspConfiguration configuration() throws BspException {
        if (configuration == null) {
            configuration = load();
        }
        return configuration;
    }

    private BspConfiguration load() throws BspException {
        try {
            return SiteFile.load(configurationFolder, overrides);
        } catch (ConfigurationException e) {
            if (overrides.isEmpty()) {
                throw e;
            }
            // The file alone is wrong, or else it is what was typed.
            SiteFile.load(configurationFolder, new TreeMap<>());
            throw new UsageException("-D: " + String.join("; ", e.problems()));
        }
    }

    /** From now on this configuration holds, whatever the command line says of it. */
    public void use(BspConfiguration other) {
        close();
        configuration = other;
    }

    /** Another connection, for callers with a configuration of their own; they close it. */
    public ClusterAccess connect(BspConfiguration other) throws BspException {
        return connector.connect(other);
    }

    /** The cluster of the configuration; closed with this. */
    public ClusterAccess cluster() throws BspException {
        if (cluster == null) {
            cluster = connector.connect(configuration());
        }
        return cluster;
    }

    /** Waits for an answer; how long is the caller's {@code bsp.client.timeout}, kept by whoever made the future. */
    public <T> T answer(CompletableFuture<T> call) throws BspException {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw CallException.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BspException(BspException.Kind.RETRIABLE, "interrupted while waiting for the master", e);
        }
    }

    /** What a user calls a file or folder, as all processes of a cluster call it. */
    public static String location(String text) throws UsageException {
        if (text.isBlank()) {
            throw new UsageException("'" + text + "' names no file or folder");
        }
        try {
            return FileStores.whole(text.strip());
        } catch (InvalidPathException e) {
            throw new UsageException("'" + text + "' is not a path: " + e.getReason());
        }
    }

    /** The same of several, separated by commas. */
    public static String locations(String text) throws UsageException {
        List<String> parts = FileStores.split(text);
        if (parts.isEmpty()) {
            return location(text);
        }
        List<String> locations = new ArrayList<>();
        for (String part : parts) {
            locations.add(location(part));
        }
        return String.join(",", locations);
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }
}
