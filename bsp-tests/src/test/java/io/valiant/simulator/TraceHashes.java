package io.valiant.simulator;

/** Prints the trace hashes of some seeds: run in JVMs of different kinds, which must not differ. */
final class TraceHashes {
    private TraceHashes() {}

    public static void main(String[] args) {
        System.out.print(of(Long.parseLong(args[0]), Integer.parseInt(args[1])));
    }

    static String of(long first, int count) {
        StringBuilder hashes = new StringBuilder();
        for (long seed = first; seed < first + count; seed++) {
            Outcome outcome = Simulation.run(seed, 0);
            hashes.append(seed).append(' ').append(outcome.events()).append(' ');
            hashes.append(Long.toHexString(outcome.traceHash())).append('\n');
        }
        return hashes.toString();
    }
}
