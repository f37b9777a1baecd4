package io.valiant.bsp;

import java.io.PrintStream;
import java.util.List;

/** The progress line of the command line. Used by one thread. */
final class ConsoleProgress implements Progress {
    private static final int ALL = Integer.MAX_VALUE;
    private static final double MILLIS = 1000;

    private final PrintStream out;
    private final boolean inPlace;
    private final int columns;
    private final boolean tellsWhy;
    private final long iterations;
    private String last = "";

    /** The first superstep of a graph program's own, after those of loading; -1 before it is known. */
    private long firstOwn = -1;

    /**
     * @param columns of the terminal, on which it writes its line again and again; 0: adds lines
     * @param tellsWhy ends with a line that tells why a job did not succeed
     * @param iterations that a graph program will make, or {@link #UNKNOWN_ITERATIONS}
     */
    ConsoleProgress(PrintStream out, int columns, boolean tellsWhy, long iterations) {
        this.iterations = iterations;
        this.out = out;
        this.inPlace = columns > 0;
        this.columns = columns;
        this.tellsWhy = tellsWhy;
    }

    @Override
    public int wantedSupersteps() {
        if (!inPlace) {
            return 0;
        }
        return iterations != UNKNOWN_ITERATIONS && firstOwn < 0 ? ALL : 1;
    }

    @Override
    public void update(JobStatus status) {
        update(status, List.of());
    }

    /** {@code active 1200  messages 3400  slowest task 3 (120 ms)  about 12 s left}. */
    private String details(List<SuperstepStatus> newest) {
        for (int i = 0; i < newest.size() && firstOwn < 0; i++) {
            firstOwn =
                    newest.get(i).activeVertices() == null ? -1 : newest.get(i).superstep();
        }
        SuperstepStatus step = newest.get(newest.size() - 1);
        StringBuilder line = new StringBuilder();
        if (step.activeVertices() != null) {
            line.append("  active ").append(step.activeVertices());
        }
        line.append("  messages ").append(step.messages());
        line.append("  slowest task ").append(step.slowestTask());
        line.append(" (").append(Math.round(step.computeMs())).append(" ms)");
        if (iterations != UNKNOWN_ITERATIONS && firstOwn >= 0 && step.activeVertices() != null) {
            long left = Math.max(0, iterations - (step.superstep() - firstOwn));
            double leftMs = left * (step.computeMs() + step.barrierMs());
            line.append("  about ").append(Math.round(leftMs / MILLIS)).append(" s left");
        }
        return line.toString();
    }

    /** What is wider than the terminal would go on in its next line, and be left behind there. */
    private String fitting(String text) {
        return text.length() < columns ? text : text.substring(0, Math.max(0, columns - 2)) + "…";
    }

    @Override
    public void update(JobStatus status, List<SuperstepStatus> newest) {
        StringBuilder line = new StringBuilder(status.id()).append(' ').append(status.state());
        if (inPlace && status.superstep() != null) {
            line.append("  superstep ").append(SuperstepStatus.label(status.superstep()));
        }
        if (inPlace && status.state() == JobState.RUNNING && !newest.isEmpty()) {
            line.append(details(newest));
        }
        if (status.rollbacks() > 0) {
            line.append("  roll-backs ").append(status.rollbacks());
        }
        if (status.reason() != null) {
            line.append("  (").append(status.reason()).append(')');
        }
        String text = inPlace ? fitting(line.toString()) : line.toString();
        if (text.equals(last)) {
            return;
        }
        if (inPlace) {
            int blanks = Math.max(0, last.length() - text.length());
            out.print("\r" + text + " ".repeat(blanks));
            if (status.state().isEnded()) {
                out.println();
            }
            out.flush();
        } else {
            out.println(text);
        }
        last = text;
        if (tellsWhy && status.state().isEnded() && status.cause() != null) {
            Cause cause = status.cause();
            out.println(status.id() + " " + status.state() + ": " + cause.type() + ": " + cause.message());
        }
    }
}
