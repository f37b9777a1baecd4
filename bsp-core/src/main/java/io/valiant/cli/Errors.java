package io.valiant.cli;

import io.valiant.bsp.BspException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows what went wrong in one line; where it came from only to those who ask. */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Shell shell;

    Errors(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return report(e).code();
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        StringBuilder line = new StringBuilder(Plain.line(message(e)));
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                line.append("; did you mean ").append(near.get(0)).append('?');
            }
        }
        line.append(" (")
                .append(e.getCommandLine().getCommandSpec().qualifiedName())
                .append(" --help tells more)");
        shell.err().println(line);
        if (shell.isVerbose()) {
            e.printStackTrace(shell.err());
        }
        return ExitCode.USAGE.code();
    }

    /** A word where a noun or verb belongs is told as such, without the words after it. */
    private static String message(ParameterException e) {
        boolean wordMissed = e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !e.getCommandLine().getSubcommands().isEmpty();
        if (!wordMissed) {
            return e.getMessage();
        }
        CommandLine command = e.getCommandLine();
        String word = ((UnmatchedArgumentException) e).getUnmatched().get(0);
        return command.getParent() == null
                ? "there is no command '" + word + "'"
                : command.getCommandSpec().qualifiedName() + " has no verb '" + word + "'";
    }

    ExitCode report(Exception e) {
        PrintStream err = shell.err();
        String message = e.getMessage();
        boolean told = e instanceof BspException && message != null && !message.isBlank();
        err.println(
                told
                        ? Plain.line(message)
                        : "internal error: " + Plain.line(e.toString()) + " (--verbose shows where)");
        if (shell.isVerbose()) {
            e.printStackTrace(err);
        }
        return ExitCode.of(e);
    }
}
