package io.valiant.cli.job;

import io.valiant.cli.CommandProvider;
import io.valiant.cli.Helpful;
import io.valiant.cli.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bsp job …}. */
public final class JobCommands implements CommandProvider {
    @Override
    public String noun() {
        return "job";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun())
                .addSubcommand(new JobSubmit(shell))
                .addSubcommand(new JobList(shell))
                .addSubcommand(new JobShow(shell))
                .addSubcommand(new JobWait(shell))
                .addSubcommand(new JobCancel(shell))
                .addSubcommand(new JobLogs(shell))
                .addSubcommand(new JobDelete(shell))
                .addSubcommand(new JobCounters(shell))
                .addSubcommand(new JobSupersteps(shell));
    }

    @Command(
            name = "job",
            description = "Submits, shows and ends jobs.",
            footer = {"", "Example:", "  bsp job list --state RUNNING"})
    private static final class Noun extends Helpful {}
}
