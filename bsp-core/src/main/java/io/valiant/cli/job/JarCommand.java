package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import io.valiant.cli.Verb;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bsp jar}: a user's main in this JVM. */
public final class JarCommand implements CommandProvider {
    @Override
    public String noun() {
        return "jar";
    }

    @Override
    public Object command(Shell shell) {
        // Whatever follows the file is the program's, also what looks like an option.
        return new CommandLine(new Run(shell)).setStopAtPositional(true);
    }

    @Command(
            name = "jar",
            description = {
                "Runs the main method of a program, which builds a BspJob and submits it to the cluster.",
                "MAINCLASS is left out where the jar's manifest has a Main-Class."
            },
            footer = {"", "Example:", "  bsp --config /tmp/cluster/conf jar pi.jar org.example.Pi 1000000"})
    private static final class Run extends Verb {
        @Parameters(index = "0", paramLabel = "FILE", description = "the jar")
        private Path file;

        @Parameters(
                index = "1..*",
                paramLabel = "[MAINCLASS] ARG",
                description = "the class with the main method, and its arguments")
        private String[] words = new String[0];

        Run(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            Path jar = JobSubmit.readable(file);
            String named = manifestMain(jar);
            int skip = named == null ? 1 : 0;
            if (words.length < skip) {
                throw new io.valiant.cli.UsageException(
                        jar + " names no Main-Class in its manifest; give the class after the file");
            }
            String main = named == null ? words[0] : named;
            String[] arguments = List.of(words).subList(skip, words.length).toArray(String[]::new);
            // Whoever submits from here finds the same configuration.
            System.setProperty(
                    "bsp.conf.dir",
                    shell().configurationFolder().toAbsolutePath().normalize().toString());
            shell().overrides().forEach(System::setProperty);
            shell().leaveJvmToProgram();
            invoke(jar, main, arguments);
            return ExitCode.DONE;
        }

        private static String manifestMain(Path jar) throws BspException {
            try (JarFile opened = new JarFile(jar.toFile())) {
                return opened.getManifest() == null
                        ? null
                        : opened.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            } catch (IOException e) {
                throw new BspException(BspException.Kind.USER, jar + " is not a jar: " + e.getMessage(), e);
            }
        }

        /** The loader stays open: threads of the program may go on after its main method. */
        private static void invoke(Path jar, String name, String[] arguments) throws BspException {
            URLClassLoader loader = new URLClassLoader(new URL[] {url(jar)}, JarCommand.class.getClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            Method main;
            try {
                main = Class.forName(name, true, loader).getMethod("main", String[].class);
            } catch (ClassNotFoundException e) {
                throw new BspException(BspException.Kind.USER, jar + " has no class " + name, e);
            } catch (LinkageError e) {
                throw new BspException(
                        BspException.Kind.USER,
                        "class " + name + " of " + jar + " cannot be loaded: "
                                + (e.getCause() == null ? e : e.getCause()),
                        e);
            } catch (NoSuchMethodException e) {
                throw new BspException(
                        BspException.Kind.USER, "class " + name + " of " + jar + " has no public static main", e);
            }
            if (!Modifier.isStatic(main.getModifiers())) {
                throw BspException.user("main of class %s of %s is not static", name, jar);
            }
            try {
                main.invoke(null, (Object) arguments);
            } catch (InvocationTargetException e) {
                throw thrown(name, e.getCause());
            } catch (IllegalAccessException e) {
                throw new BspException(BspException.Kind.USER, "class " + name + " of " + jar + " is not public", e);
            }
        }

        private static URL url(Path jar) throws BspException {
            try {
                return jar.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new BspException(BspException.Kind.USER, jar + " cannot be written as a URL", e);
            }
        }

        private static BspException thrown(String name, Throwable cause) {
            if (cause instanceof BspException told) {
                return told;
            }
            return new BspException(BspException.Kind.USER, name + " ended with " + cause, cause);
        }
    }
}
