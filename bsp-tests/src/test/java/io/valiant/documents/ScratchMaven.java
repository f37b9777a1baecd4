package io.valiant.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Maven that asks nobody: what a project needs it takes from the local repository that this build was made with, into one of
 * the test's own, where the artifacts of this build lie as {@code mvn install} puts them. So a test leaves no trace in the
 * user's repository, and finds there only what the build has fetched.
 */
final class ScratchMaven {
    /** What users' projects depend on, with what these name. */
    private static final List<String> PUBLISHED = List.of("bsp-core", "bsp-graph", "bsp-test");

    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    private final Path program;
    private final Path folder;

    private ScratchMaven(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Nothing where there is no {@code mvn} on the PATH. */
    static Optional<ScratchMaven> in(Path folder) throws IOException {
        for (String place : System.getenv("PATH").split(File.pathSeparator)) {
            Path program = Path.of(place).resolve("mvn");
            if (Files.isExecutable(program)) {
                ScratchMaven maven = new ScratchMaven(program, Files.createDirectories(folder));
                maven.writeProgram();
                maven.install();
                return Optional.of(maven);
            }
        }
        return Optional.empty();
    }

    /** The folder to be put in front of the PATH. */
    Path programs() {
        return folder;
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    /** {@code mvn} with settings by which every repository is the local one of this build. */
    private void writeProgram() throws IOException {
        String told = System.getProperty("localRepository");
        Path local = told == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(told);
        Path settings = Files.writeString(
                folder.resolve("settings.xml"),
                """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors>
                    <mirror><id>build</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
                    <mirror><id>build-central</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                </settings>
                """
                        .formatted(repository(), local.toUri(), local.toUri()));
        Path script = Files.writeString(
                folder.resolve("mvn"),
                """
                #!/bin/sh
                unset MAVEN_ARGS MAVEN_OPTS MAVEN_BASEDIR MAVEN_PROJECTBASEDIR
                MAVEN_OPTS='-Xshare:auto -XX:TieredStopAtLevel=1' exec '%s' -s '%s' -gs '%s' -Dmaven.repo.local='%s' "$@"
                """
                        .formatted(program, settings, settings, repository()));
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    /** As {@code mvn install} does, from what {@code package} has made. */
    private void install() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Document.HOME.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        copyPom("valiant", Document.HOME.resolve("pom.xml"), version.group(1));
        for (String module : PUBLISHED) {
            copyPom(module, Document.HOME.resolve(module).resolve("pom.xml"), version.group(1));
            String jar = module + "-" + version.group(1) + ".jar";
            Files.copy(
                    Document.HOME.resolve(module).resolve("target").resolve(jar),
                    artifact(module, version.group(1)).resolve(jar));
        }
    }

    private void copyPom(String name, Path pom, String version) throws IOException {
        Files.copy(pom, Files.createDirectories(artifact(name, version)).resolve(name + "-" + version + ".pom"));
    }

    private Path artifact(String name, String version) {
        return repository().resolve("io/valiant").resolve(name).resolve(version);
    }
}
