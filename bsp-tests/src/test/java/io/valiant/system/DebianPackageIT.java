package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package that a build leaves: what is in it, and what becomes of a system into which it is installed. */
@Timeout(300)
class DebianPackageIT {
    @TempDir
    private static Path folder;

    private static Path deb;

    @BeforeAll
    static void find() throws IOException {
        skipUnless(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "there is no dpkg-deb");
        Path target = Path.of("").toAbsolutePath().getParent().resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            deb = files.filter(file -> file.getFileName().toString().matches("valiant-.*\\.deb"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no package in " + target));
        }
    }

    private static void skipUnless(boolean holds, String why) {
        if (!holds) {
            System.out.println("DebianPackageIT is SKIPPED: " + why);
        }
        assumeTrue(holds, why);
    }

    @Test
    void whatIsInItBelongsToRootAndLiesWhereItShould() throws Exception {
        List<String> list = Tool.run(folder, "dpkg-deb", "--contents", deb.toString())
                .lines()
                .toList();
        assertThat(list).allMatch(line -> line.contains(" root/root "));
        assertThat(list)
                .anyMatch(line -> line.startsWith("-rwxr-xr-x") && line.endsWith(" ./usr/share/valiant/bin/bsp"))
                .anyMatch(line -> line.startsWith("-rw-r--r--") && line.contains(" ./usr/share/valiant/lib/bsp-core-"))
                .anyMatch(line -> line.endsWith(" ./usr/bin/bsp -> /usr/share/valiant/bin/bsp"))
                .anyMatch(line -> line.endsWith(" ./usr/share/valiant/conf -> /etc/valiant"))
                .anyMatch(line -> line.endsWith(" ./usr/lib/systemd/system/valiant-master.service"))
                .anyMatch(line -> line.endsWith(" ./usr/lib/systemd/system/valiant-groom.service"));
    }

    @Test
    void itsControlDataIsWhole() throws Exception {
        assertThat(Tool.run(folder, "dpkg-deb", "--field", deb.toString(), "Package"))
                .isEqualTo("valiant\n");
        assertThat(Tool.run(folder, "dpkg-deb", "--field", deb.toString(), "Architecture"))
                .isEqualTo("all\n");
        assertThat(Tool.run(folder, "dpkg-deb", "--field", deb.toString(), "Depends"))
                .contains("java17-sdk-headless");
        Path control = Files.createTempDirectory(folder, "control");
        Tool.run(folder, "dpkg-deb", "--control", deb.toString(), control.toString());
        Path tree = unpacked();
        List<String> kept = Files.readAllLines(control.resolve("conffiles"));
        try (Stream<Path> files = Files.list(tree.resolve("etc/valiant"))) {
            assertThat(files.map(file -> "/" + tree.relativize(file))).containsExactlyInAnyOrderElementsOf(kept);
        }
        for (String script : List.of("postinst", "prerm", "postrm")) {
            assertThat(Files.isExecutable(control.resolve(script))).as(script).isTrue();
            Tool.run(folder, "sh", "-n", control.resolve(script).toString());
        }
    }

    @Test
    void itsCommandsAndItsConfigurationAreGood() throws Exception {
        Path tree = unpacked();
        String bsp = tree.resolve("usr/share/valiant/bin/bsp").toString();
        String conf = tree.resolve("etc/valiant").toString();
        assertThat(Tool.run(folder, bsp, "--config", conf, "version")).contains("alian");
        Tool.run(folder, bsp, "--config", conf, "conf", "check");
        for (String daemon : List.of("master", "groom")) {
            String unit = Files.readString(tree.resolve("usr/lib/systemd/system/valiant-" + daemon + ".service"));
            assertThat(unit).doesNotContain("/opt/").contains("User=valiant");
            String start = unit.lines()
                    .filter(line -> line.startsWith("ExecStart="))
                    .findFirst()
                    .orElseThrow()
                    .split("[= ]")[1];
            assertThat(tree.resolve(start.substring(1))).isExecutable();
        }
    }

    private static Path unpacked() throws Exception {
        Path tree = folder.resolve("tree");
        if (!Files.exists(tree)) {
            Tool.run(folder, "dpkg-deb", "--extract", deb.toString(), tree.toString());
        }
        return tree;
    }

    /** Into a folder that stands for the root; nothing of this machine is touched. */
    @Test
    void installedUpgradedAndPurgedItKeepsWhatIsTheOperators() throws Exception {
        skipUnless(System.getProperty("user.name").equals("root"), "only root installs packages");
        Path root = Files.createDirectory(folder.resolve("root"));
        for (String empty : List.of("var/lib/dpkg/status", "etc/passwd", "etc/group", "etc/shadow", "etc/gshadow")) {
            Files.createDirectories(root.resolve(empty).getParent());
            Files.createFile(root.resolve(empty));
        }
        for (String made : List.of("var/lib/dpkg/info", "var/lib/dpkg/updates", "var/log")) {
            Files.createDirectories(root.resolve(made));
        }
        dpkg(root, "--install", deb.toString());
        assertThat(Files.readString(root.resolve("etc/passwd")))
                .contains("valiant:")
                .contains(":/var/lib/valiant:");
        assertThat(mode(root, "var/lib/valiant")).isEqualTo("rwxr-x---");
        assertThat(mode(root, "var/lib/valiant/state")).isEqualTo("rwx------");
        assertThat(mode(root, "var/lib/valiant/local")).isEqualTo("rwx------");
        assertThat(mode(root, "var/log/valiant")).isEqualTo("rwxr-x---");
        Object owner = Files.getAttribute(root.resolve("var/lib/valiant/state"), "unix:uid");
        assertThat(Files.readString(root.resolve("etc/passwd"))).containsPattern("valiant:[^:]*:" + owner + ":");

        Path site = root.resolve("etc/valiant/bsp-site.xml");
        Path state = root.resolve("var/lib/valiant/state/master.db");
        Files.writeString(site, "<configuration/>");
        Files.writeString(state, "jobs");
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Object before = Files.getAttribute(elsewhere, "unix:uid");
        Path local = root.resolve("var/lib/valiant/local");
        Files.delete(local);
        Files.createSymbolicLink(local, elsewhere);
        dpkg(root, "--install", deb.toString());
        assertThat(site).hasContent("<configuration/>");
        assertThat(Files.getAttribute(elsewhere, "unix:uid"))
                .as("a link is not followed")
                .isEqualTo(before);
        assertThat(mode(root, "elsewhere")).isNotEqualTo("rwx------");
        dpkg(root, "--remove", "valiant");
        assertThat(site).exists();
        assertThat(state).exists();
        assertThat(root.resolve("usr/share/valiant/lib")).doesNotExist();
        dpkg(root, "--purge", "valiant");
        assertThat(site).doesNotExist();
        assertThat(root.resolve("var/lib/valiant")).doesNotExist();
        assertThat(root.resolve("var/log/valiant")).doesNotExist();
    }

    private static void dpkg(Path root, String... words) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("dpkg", "--root=" + root, "--force-script-chrootless", "--force-depends", "--force-confold"));
        all.addAll(List.of(words));
        Tool.run(folder, all.toArray(String[]::new));
    }

    private static String mode(Path root, String path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(root.resolve(path), LinkOption.NOFOLLOW_LINKS));
    }
}
