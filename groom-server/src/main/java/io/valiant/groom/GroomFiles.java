package io.valiant.groom;

import io.valiant.groom.launch.LocalFolder;
import io.valiant.groom.node.CheckedFiles;
import io.valiant.groom.task.TaskReportServer;
import java.io.IOException;

/** What a groom that runs has on its disk: its local folder, and the socket where children report. */
record GroomFiles(LocalFolder local, TaskReportServer reports) implements CheckedFiles {
    @Override
    public boolean isWhole() {
        return local.isWhole() && reports.isReachable();
    }

    @Override
    public void makeAnew() throws IOException {
        local.makeAnew();
        reports.listenAgain();
    }

    @Override
    public void removeLeft() {
        local.removeLeft();
    }
}
