package io.valiant.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule finds the breaches planted for it, and nothing in the classes that keep it. */
class ArchitectureRulesTest {
    private static final String PLANTED = "io.valiant.architecture.planted";

    private final ArchitectureRules rules = ArchitectureRules.of(PLANTED);
    private final JavaClasses planted = new ClassFileImporter()
            .importPath(Path.of("target", "test-classes", "io", "valiant", "architecture", "planted"));

    @Test
    void importsGoOnlyDownward() {
        assertBreaches(rules.layers(), "bsp.Upward", "transport.Sideways", "strange.Stray", "!concurrent.Waits");
    }

    @Test
    void packagesFormNoCycle() {
        assertBreaches(rules.noCycles(), "bsp.Upward", "wire.Frame", "!transport.Sideways");
    }

    @Test
    void onlyTheTimePackageReadsTheClock() {
        assertBreaches(
                rules.noClocks(),
                "Waits.byReference",
                "Waits.byDate",
                "Waits.byInstant",
                "Waits.bySleep",
                "!AllowedClock.now()> calls");
    }

    @Test
    void noStaticCanBeAssigned() {
        assertBreaches(rules.noMutableStatics(), "Keeps.shared");
    }

    @Test
    void masterAndGroomDoNotImportEachOther() {
        assertBreaches(rules.daemonsApart(), "master.Daemon.worker");
    }

    @Test
    void hadoopStaysInItsPlaces() {
        assertBreaches(
                rules.hadoopInItsPlaces(),
                "Keeps.configuration",
                "Worker.known",
                "!Keeps.writable()>",
                "!Call.configuration()>");
    }

    @Test
    void jettyStaysInItsPlaces() {
        assertBreaches(rules.jettyInItsPlaces(), "Daemon.server", "!Pages.server");
    }

    @Test
    void coresAreTheSameInEveryJvm() {
        assertBreaches(
                rules.coresDeterministic(),
                "Hashes.hashMap",
                "Hashes.hashSet",
                "Hashes.mapOf",
                "Hashes.setCopy",
                "Hashes.toSet",
                "Hashes.toMap",
                "Hashes.identity",
                "Hashes.nanoTime",
                "Hashes.chance",
                "Hashes.mathRandom",
                "Hashes.uuid",
                "Hashes.file",
                "Hashes.disk",
                "WorkerCore$Table.identity",
                "!Hashes.allowed",
                "!Waits");
    }

    @Test
    void rulesHoldForNoClasses() {
        JavaClasses none = new ClassFileImporter().importClasses(List.of());
        rules.layers().check(none);
        for (ArchRule rule : rules.forEveryModule()) {
            rule.check(none);
        }
    }

    /** Texts that the rule's report holds, or, after an exclamation mark, does not hold. */
    private void assertBreaches(ArchRule rule, String... texts) {
        String report =
                String.join("\n", rule.evaluate(planted).getFailureReport().getDetails());
        for (String text : texts) {
            if (text.startsWith("!")) {
                assertThat(report).doesNotContain(text.substring(1));
            } else {
                assertThat(report).contains(text);
            }
        }
    }
}
