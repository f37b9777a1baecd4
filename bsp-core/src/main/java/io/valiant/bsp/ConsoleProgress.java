package io.valiant.bsp;

import java.io.PrintStream;

/** The progress line of the command line. Used by one thread. */
final class ConsoleProgress implements Progress {
    private final PrintStream out;
    private final boolean inPlace;
    private final boolean tellsWhy;
    private String last = "";

    /**
     * @param inPlace rewrites its line instead of adding lines
     * @param tellsWhy ends with a line that tells why a job did not succeed
     */
    ConsoleProgress(PrintStream out, boolean inPlace, boolean tellsWhy) {
        this.out = out;
        this.inPlace = inPlace;
        this.tellsWhy = tellsWhy;
    }

    @Override
    public void update(JobStatus status) {
        StringBuilder line = new StringBuilder(status.id()).append(' ').append(status.state());
        if (inPlace && status.superstep() != null) {
            line.append("  superstep ").append(status.superstep());
        }
        if (status.rollbacks() > 0) {
            line.append("  roll-backs ").append(status.rollbacks());
        }
        if (status.reason() != null) {
            line.append("  (").append(status.reason()).append(')');
        }
        String text = line.toString();
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
