package io.valiant.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules that every module keeps. They are about main code, read from {@code target/classes}; each holds for no
 * classes at all, so a module may have them before it has code.
 *
 * <p>The root package is a parameter only so that the rules can be tried on planted breaches.
 */
public final class ArchitectureRules {
    /** Subpackages of the root whose every class is part of a core, as is any class named {@code …Core}. */
    private static final Set<String> CORE_PACKAGES = Set.of(
            "master.job", "master.groom", "master.schedule", "master.recovery", "master.core", "groom.core", "barrier");

    private static final List<String> HADOOP_PACKAGES =
            List.of("config..", "protocol..", "io..", "checkpoint..", "cli..", "client..", ".rpc..");

    private static final List<String> WRITABLE_PACKAGES =
            List.of("bsp..", "message..", "task..", "local..", "graph..", "examples..", "chaos.program..");

    private static final DescribedPredicate<JavaClass> HADOOP = named("Hadoop types", "org.apache.hadoop.");

    private static final DescribedPredicate<JavaClass> WRITABLES = describe(
            "types of org.apache.hadoop.io", type -> type.getPackageName().equals("org.apache.hadoop.io"));

    private static final DescribedPredicate<JavaClass> WEB_SERVER =
            named("Jetty and servlet types", "org.eclipse.jetty.", "jakarta.servlet.");

    private static final DescribedPredicate<JavaField> GENERATED = describe(
            "written by protoc", field -> field.getRawType().getName().startsWith("org.apache.hadoop.thirdparty."));

    private final String root;

    private ArchitectureRules(String root) {
        this.root = root;
    }

    public static ArchitectureRules of(String root) {
        return new ArchitectureRules(root);
    }

    /** The rules for {@code io.valiant}. */
    public static ArchitectureRules ours() {
        return of("io.valiant");
    }

    /** The main classes of the module whose tests are running. */
    public static JavaClasses mainClasses() {
        return new ClassFileImporter().importPath(Path.of("target", "classes"));
    }

    /** All rules below, for modules other than bsp-core, whose packages are not in layers. */
    public List<ArchRule> forEveryModule() {
        return List.of(
                noCycles(),
                noClocks(),
                noMutableStatics(),
                daemonsApart(),
                hadoopInItsPlaces(),
                jettyInItsPlaces(),
                coresDeterministic());
    }

    /** Packages of bsp-core import only downward, see {@link Layers}. */
    public ArchRule layers() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(new Layers(root))
                .allowEmptyShould(true);
    }

    public ArchRule noCycles() {
        return slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().allowEmptyShould(true);
    }

    /** Time is injected: only the time package reads the machine's clock or sleeps. */
    public ArchRule noClocks() {
        return classes()
                .that()
                .resideOutsideOfPackage(root + ".time..")
                .should(new NotCall("the clock of the machine", NotCall.CLOCKS))
                .allowEmptyShould(true);
    }

    public ArchRule noMutableStatics() {
        return fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .and(DescribedPredicate.not(GENERATED))
                .should()
                .beFinal()
                .because("two jobs in one JVM must not share state")
                .allowEmptyShould(true);
    }

    /** Master and groom meet in the protocol package only. */
    public ArchRule daemonsApart() {
        return classes()
                .that(inAny(List.of("master..", "groom..")))
                .should(new NotImport("the other daemon", (from, to) -> {
                    boolean masterToGroom = within(from, "master") && within(to, "groom");
                    boolean groomToMaster = within(from, "groom") && within(to, "master");
                    return masterToGroom || groomToMaster;
                }))
                .allowEmptyShould(true);
    }

    /** Hadoop stays at the edges; elsewhere a few packages may know its Writables. */
    public ArchRule hadoopInItsPlaces() {
        DescribedPredicate<JavaClass> edges = inAny(HADOOP_PACKAGES);
        DescribedPredicate<JavaClass> users = inAny(WRITABLE_PACKAGES);
        return classes()
                .that(DescribedPredicate.not(edges))
                .should(new NotImport(
                        "Hadoop here", (from, to) -> HADOOP.test(to) && !(users.test(from) && WRITABLES.test(to))))
                .allowEmptyShould(true);
    }

    public ArchRule jettyInItsPlaces() {
        return noClasses()
                .that(DescribedPredicate.not(inAny(List.of("http..", ".web.."))))
                .should()
                .dependOnClassesThat(WEB_SERVER)
                .allowEmptyShould(true);
    }

    /**
     * A core is a function of state, event and now, with the same result in any JVM: no order by hash, no clock, no
     * chance, no disk.
     */
    public ArchRule coresDeterministic() {
        return classes()
                .that(describe("are part of a core", this::isCore))
                .should(new NotCall("what differs between JVMs", NotCall.NONDETERMINISTIC))
                .andShould(new NotImport(
                        "what differs between JVMs",
                        (from, to) -> NotCall.NONDETERMINISTIC_TYPES.contains(to.getName())))
                .allowEmptyShould(true);
    }

    private boolean isCore(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost.getSimpleName().endsWith("Core")
                || CORE_PACKAGES.stream().anyMatch(core -> within(type, core));
    }

    private boolean within(JavaClass type, String subpackage) {
        String name = type.getPackageName();
        String wanted = root + "." + subpackage;
        return name.equals(wanted) || name.startsWith(wanted + ".");
    }

    /** Patterns under the root; one that starts with a dot is met at any depth. */
    private DescribedPredicate<JavaClass> inAny(List<String> patterns) {
        List<String> whole = new ArrayList<>();
        for (String pattern : patterns) {
            whole.add(root + "." + pattern);
        }
        return JavaClass.Predicates.resideInAnyPackage(whole.toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> named(String description, String... prefixes) {
        return describe(description, type -> {
            for (String prefix : prefixes) {
                if (type.getName().startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
