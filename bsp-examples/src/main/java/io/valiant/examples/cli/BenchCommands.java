package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.Helpful;
import io.valiant.cli.Shell;
import io.valiant.examples.bench.BarrierBench;
import io.valiant.examples.bench.ExchangeBench;
import io.valiant.examples.bench.ScatterBench;
import io.valiant.examples.bench.WritableBench;
import java.util.SortedMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bsp bench …}. */
public final class BenchCommands implements CommandProvider {
    @Override
    public String noun() {
        return "bench";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun())
                .addSubcommand(new Barrier(shell))
                .addSubcommand(new Exchange(shell))
                .addSubcommand(new Scatter(shell));
    }

    @Command(
            name = "bench",
            description = "Measures the parameters of the BSP cost model by jobs.",
            footer = {"", "Example:", "  bsp bench barrier --tasks 2"})
    private static final class Noun extends Helpful {}

    @Command(
            name = "barrier",
            description = "Times empty supersteps: the parameter l.",
            footer = {"", "Example:", "  bsp bench barrier --tasks 4"})
    private static final class Barrier extends BenchVerb {
        @Option(
                names = "--samples",
                paramLabel = "N",
                description = "supersteps that are timed, after twice as many to warm up; default: ${DEFAULT-VALUE}")
        private int samples = 20_000;

        Barrier(Shell shell) {
            super(shell);
        }

        @Override
        BspJob job() {
            return BspJob.of(BarrierBench.class).name("bench-barrier").set(BarrierBench.SAMPLES, samples);
        }

        @Override
        int samples() {
            return samples;
        }

        @Override
        boolean isSolo() {
            return true;
        }
    }

    @Command(
            name = "exchange",
            description = "Times messages from each task to the next, all at once: the parameter g.",
            footer = {"", "Example:", "  bsp bench exchange --tasks 2"})
    private static final class Exchange extends BenchVerb {
        @Option(
                names = "--samples",
                paramLabel = "N",
                description =
                        "supersteps of each kind that are timed, after as many to warm up; default: ${DEFAULT-VALUE}")
        private int samples = 40;

        @Option(
                names = "--writable",
                description = "messages of a class that writes and reads itself instead of bytes; without arrays")
        private boolean writable;

        Exchange(Shell shell) {
            super(shell);
        }

        @Override
        BspJob job() {
            return BspJob.of(writable ? WritableBench.class : ExchangeBench.class)
                    .name("bench-exchange")
                    .set(ExchangeBench.SAMPLES, samples);
        }

        @Override
        int samples() {
            return samples;
        }
    }

    @Command(
            name = "random",
            description = "Times messages to other tasks drawn by chance: g for an irregular exchange.",
            footer = {"", "Example:", "  bsp bench random --tasks 4"})
    private static final class Scatter extends BenchVerb {
        @Option(
                names = "--samples",
                paramLabel = "N",
                description = "supersteps that are timed, after as many to warm up; default: ${DEFAULT-VALUE}")
        private int samples = 40;

        Scatter(Shell shell) {
            super(shell);
        }

        @Override
        BspJob job() {
            return BspJob.of(ScatterBench.class).name("bench-random").set(ExchangeBench.SAMPLES, samples);
        }

        @Override
        int samples() {
            return samples;
        }

        @Override
        void verify(SortedMap<String, Long> counters) throws BspException {
            Long sent = counters.get(ScatterBench.SENT);
            Long received = counters.get(ScatterBench.RECEIVED);
            if (sent != null && !sent.equals(received)) {
                throw new BspException(
                        BspException.Kind.FATAL, sent + " messages were sent, but " + received + " received");
            }
        }
    }
}
