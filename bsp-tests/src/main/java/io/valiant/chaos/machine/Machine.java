package io.valiant.chaos.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine can do beside running processes; where the user is root, missing tools are installed. */
public final class Machine {
    private static final long TRY_S = 30;
    private static final long INSTALL_S = 300;
    private static final Path DEBIAN_LIBRARIES = Path.of("/usr/lib");

    private Machine() {}

    /** Why no file system can be mounted here. */
    public static Optional<String> mountObstacle() throws IOException {
        if (!isRoot()) {
            return Optional.of("only root can mount a tmpfs");
        }
        Path at = Files.createTempDirectory("valiant-mount-");
        try {
            Outcome outcome = run(List.of("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", at.toString()));
            if (outcome.code() != 0) {
                return Optional.of("no tmpfs can be mounted: " + outcome.told());
            }
            run(List.of("umount", at.toString()));
            return Optional.empty();
        } finally {
            Files.deleteIfExists(at);
        }
    }

    /** Why no network of namespaces can be made here. */
    public static Optional<String> networkObstacle() throws IOException {
        if (!isRoot()) {
            return Optional.of("only root can make network namespaces");
        }
        if (!has("ip")) {
            return Optional.of("there is no ip command (package iproute2)");
        }
        if (!has("nft") && !installed("nftables", "nft")) {
            return Optional.of("there is no nft command and package nftables cannot be installed");
        }
        String name = "valiant-" + ProcessHandle.current().pid();
        Outcome made = run(List.of("ip", "netns", "add", name));
        if (made.code() != 0) {
            return Optional.of("no network namespace can be made: " + made.told());
        }
        Outcome filtered = run(List.of("ip", "netns", "exec", name, "nft", "add", "table", "inet", "valiant"));
        run(List.of("ip", "netns", "del", name));
        return filtered.code() == 0
                ? Optional.empty()
                : Optional.of("nft does not work in a namespace: " + filtered.told());
    }

    /** Why clocks cannot be shifted here. */
    public static Optional<String> clockObstacle() throws IOException {
        if (fakeTime().isPresent()) {
            return Optional.empty();
        }
        if (!isRoot()) {
            return Optional.of("there is no libfaketime, and only root can install it (package faketime)");
        }
        installed("faketime", "faketime");
        return fakeTime().isPresent()
                ? Optional.empty()
                : Optional.of("there is no libfaketime and package faketime cannot be installed");
    }

    /** The library that shifts a process's clock. */
    public static Optional<Path> fakeTime() throws IOException {
        try (Stream<Path> files = Files.find(
                DEBIAN_LIBRARIES, 3, (path, facts) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
            return files.sorted().findFirst();
        }
    }

    private static boolean installed(String debianPackage, String tool) throws IOException {
        if (has("apt-get")) {
            install(debianPackage);
        }
        return has(tool);
    }

    private static void install(String debianPackage) throws IOException {
        List<String> words = List.of("apt-get", "install", "-y", "--no-install-recommends", debianPackage);
        if (Command.run(words, INSTALL_S).code() != 0) {
            Command.run(List.of("apt-get", "update"), INSTALL_S);
            Command.run(words, INSTALL_S);
        }
    }

    private static boolean isRoot() throws IOException {
        return run(List.of("id", "-u")).out().strip().equals("0");
    }

    private static boolean has(String tool) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static Outcome run(List<String> words) throws IOException {
        return Command.run(words, TRY_S);
    }
}
