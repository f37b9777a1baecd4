package io.valiant.cli.cluster;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where everything of a local cluster lies. The master is called {@value #MASTER}, its grooms {@code groom-1} and so on. */
final class ClusterFolder {
    static final String MASTER = "master";
    private static final String GROOM = "groom-";

    private final Path root;

    private ClusterFolder(Path root) {
        this.root = root;
    }

    /** The folder as the daemons name it: absolute, without links. It is made if it is not there. */
    static ClusterFolder make(Path dir) throws BspException {
        try {
            makePrivate(dir);
            return new ClusterFolder(dir.toRealPath());
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "cannot make folder " + dir + ": " + e, e);
        }
    }

    /** The folder of a cluster that was started before. */
    static ClusterFolder existing(Path dir) throws BspException {
        if (!Files.isDirectory(dir.resolve("conf"))) {
            throw BspException.user("%s holds no cluster; bsp cluster start --dir %s starts one", dir, dir);
        }
        try {
            return new ClusterFolder(dir.toRealPath());
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "cannot read folder " + dir + ": " + e, e);
        }
    }

    static void makePrivate(Path dir) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(dir, onlyOwner);
    }

    static String groom(int number) {
        return GROOM + number;
    }

    Path root() {
        return root;
    }

    /** What the master and clients read. */
    Path conf() {
        return root.resolve("conf");
    }

    /** What that daemon reads. */
    Path conf(String daemon) {
        return daemon.equals(MASTER) ? conf() : conf().resolve(daemon);
    }

    Path run(String daemon) {
        return root.resolve("run").resolve(daemon);
    }

    Path logs(String daemon) {
        return root.resolve("logs").resolve(daemon);
    }

    Path log(String daemon) {
        return logs(daemon).resolve(kind(daemon) + ".log");
    }

    Path local(String groom) {
        return locals().resolve(groom);
    }

    Path locals() {
        return root.resolve("local");
    }

    Path system() {
        return root.resolve("system");
    }

    Path state() {
        return root.resolve("state");
    }

    /** {@code master} or {@code groom}: the name that scripts give to the daemon's files. */
    static String kind(String daemon) {
        return daemon.equals(MASTER) ? MASTER : "groom";
    }

    /** The grooms that have a configuration, by number. */
    List<String> grooms() throws BspException {
        List<String> grooms = new ArrayList<>();
        try (Stream<Path> entries = Files.list(conf())) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches(GROOM + "\\d{1,6}"))
                    .forEach(grooms::add);
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "cannot read " + conf() + ": " + e, e);
        }
        grooms.sort(Comparator.comparingInt(name -> Integer.parseInt(name.substring(GROOM.length()))));
        return grooms;
    }
}
