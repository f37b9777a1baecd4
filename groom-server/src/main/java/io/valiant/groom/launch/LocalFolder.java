package io.valiant.groom.launch;

import io.valiant.bsp.BspException;
import io.valiant.groom.node.CheckedFiles;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.LocalTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groom's own files under {@code bsp.local.dir}:
 *
 * <pre>
 * .bsp-groom                this folder is a groom's; locked by the groom that uses it
 * launcher.sh
 * jobs/JOB/ATTEMPT/         pid, ended (left by the child's shutdown hook), work/, spill/, tmp/
 * spares/NUMBER/            the same of a child that was started as a spare, also while it serves an attempt
 * logs/JOB/ATTEMPT/         stdout, stderr; see {@link LogStore}
 * </pre>
 *
 * Nothing is removed that a groom did not make: a folder that has {@code jobs} or {@code logs} but no marker is refused.
 */
public final class LocalFolder implements CheckedFiles, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFolder.class);
    private static final String MARKER = ".bsp-groom";
    private static final String JOBS = "jobs";
    private static final String SPARES = "spares";
    private static final String LOGS = "logs";
    private static final String LEFT = ".left";
    private static final String LAUNCHER = "launcher.sh";
    private static final List<String> FOLDERS = List.of(JOBS, SPARES, LOGS);

    /** Looking through all logs costs time: it is done again when so many jobs more have been here. */
    private static final int JOBS_BETWEEN_LOOKS = 100;

    private final Path folder;
    private final int keptLogs;
    private final AtomicInteger removedJobs = new AtomicInteger();

    // written under this; whoever closes it waits for nobody, who may be waiting for the disk
    private volatile FileChannel lock;
    private volatile boolean closed;

    // guarded by this
    /** Folders that could not be removed. */
    private final TreeSet<Path> left = new TreeSet<>();
    /** Folders of attempts. */
    private final TreeSet<Path> made = new TreeSet<>();
    /** Folders of jobs to be removed when the last of their attempts is gone. */
    private final TreeSet<Path> unwanted = new TreeSet<>();
    /** How many jobs' folders were set aside. */
    private long setAside;

    private LocalFolder(Path folder, FileChannel lock, int keptLogs) {
        this.folder = folder;
        this.lock = lock;
        this.keptLogs = keptLogs;
    }

    /**
     * Takes the folder for this process and removes what an earlier one left: children that still run are killed with
     * their process groups, then the folders of all jobs go. Logs stay, those of the newest jobs.
     *
     * @param keptLogs of how many jobs logs are kept
     * @throws BspException USER with one line if the folder cannot be used
     */
    public static LocalFolder open(Path folder, int keptLogs) throws BspException, InterruptedException {
        try {
            Folders.makePrivate(folder);
            FileChannel lock = claim(folder);
            LocalFolder opened = new LocalFolder(folder, lock, keptLogs);
            try {
                opened.clean();
                opened.logs().retain(keptLogs, job -> false);
                opened.installLauncher();
            } catch (IOException | InterruptedException | RuntimeException e) {
                lock.close();
                throw e;
            }
            return opened;
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER, "bsp.local.dir " + folder + " cannot be used: " + e + "; give another", e);
        }
    }

    private static FileChannel claim(Path folder) throws IOException, BspException {
        Path marker = folder.resolve(MARKER);
        if (!Files.exists(marker)) {
            for (String name : List.of(JOBS, SPARES, LOGS, LAUNCHER)) {
                if (Files.exists(folder.resolve(name))) {
                    throw BspException.user(
                            "bsp.local.dir %s holds '%s' that no groom made; empty it or give another folder",
                            folder, name);
                }
            }
        }
        FileChannel channel = lockMarker(folder);
        if (channel == null) {
            throw BspException.user(
                    "bsp.local.dir %s is in use by another groom; give each groom on a machine its own", folder);
        }
        return channel;
    }

    /** Null if another groom has it. */
    private static FileChannel lockMarker(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(MARKER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel)) {
            return channel;
        }
        channel.close();
        return null;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void clean() throws IOException, InterruptedException {
        for (Path job : entries(folder.resolve(JOBS))) {
            for (Path attempt : entries(job)) {
                endLeftover(attempt);
            }
        }
        for (Path spare : entries(folder.resolve(SPARES))) {
            endLeftover(spare);
        }
        clear(JOBS);
        clear(SPARES);
        makeFolders();
    }

    /** Launchers that are still about may write which child they have started: they must not find the place any more. */
    private void clear(String name) throws IOException {
        Path aside = folder.resolve(name + LEFT);
        LocalTree.delete(aside);
        if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(folder.resolve(name), aside);
            LocalTree.delete(aside);
        }
    }

    private void makeFolders() throws IOException {
        for (String name : FOLDERS) {
            Folders.makePrivate(folder.resolve(name));
        }
    }

    private static void endLeftover(Path attempt) throws IOException, InterruptedException {
        ProcessName process = ProcessName.read(attempt).orElse(null);
        if (process != null && ProcessGroups.signal(process, ProcessGroups.KILL)) {
            LOG.warn("[{}] killed process group {} that an earlier groom left", attempt.getFileName(), process.pid());
            ProcessHandle.of(process.pid()).ifPresent(handle -> handle.onExit().join());
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(entries::add);
            }
        }
        return entries;
    }

    private void installLauncher() throws IOException {
        Path fresh = folder.resolve(LAUNCHER + ".new");
        try (InputStream script = LocalFolder.class.getResourceAsStream(LAUNCHER)) {
            Files.copy(script, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(fresh, launcher(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public boolean isWhole() {
        boolean whole = Files.exists(folder.resolve(MARKER)) && Files.exists(launcher());
        for (String name : FOLDERS) {
            whole &= Files.isDirectory(folder.resolve(name));
        }
        return whole;
    }

    /** A marker that is missing was removed together with this groom's lock; what else is there is this groom's. */
    @Override
    public synchronized void makeAnew() throws IOException {
        Folders.makePrivate(folder);
        if (!Files.exists(folder.resolve(MARKER))) {
            FileChannel fresh = lockMarker(folder);
            if (fresh == null) {
                throw new IOException("another groom has taken " + folder);
            }
            lock.close();
            lock = fresh;
            if (closed) {
                fresh.close();
            }
        }
        makeFolders();
        installLauncher();
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** What children wrote. */
    public LogStore logs() {
        return new LogStore(folder.resolve(LOGS));
    }

    Path launcher() {
        return folder.resolve(LAUNCHER);
    }

    /** Removes the working folders of a job none of whose attempts runs; now and then also the oldest logs. */
    void removeJob(JobId job) throws IOException {
        removeJob(jobFolder(job));
        if (removedJobs.incrementAndGet() % JOBS_BETWEEN_LOOKS == 0) {
            logs().retain(keptLogs, this::runs);
        }
    }

    /** At once, since the job may come again while its folder is removed. Null if there is nothing to be removed now. */
    private synchronized Path setAside(Path own) throws IOException {
        unwanted.remove(own);
        if (isUsed(own)) {
            unwanted.add(own);
            return null;
        }
        if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        Path aside = folder.resolve(JOBS).resolve(LEFT + ++setAside);
        try {
            return Files.move(own, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            left.add(own);
            throw e;
        }
    }

    private synchronized boolean runs(String job) {
        return isUsed(folder.resolve(JOBS).resolve(job));
    }

    /** Whether an attempt has its files there. */
    private boolean isUsed(Path place) {
        return made.stream().anyMatch(files -> files.startsWith(place));
    }

    private void removeJob(Path own) throws IOException {
        Path aside = setAside(own);
        if (aside != null) {
            delete(aside);
        }
    }

    /** Removes the files of a child that is gone, and those of its job if that has been wanted since. */
    void remove(ChildFiles files) throws IOException {
        Path parent = files.folder().getParent();
        boolean last;
        try {
            delete(files.folder());
        } finally {
            synchronized (this) {
                made.remove(files.folder());
                last = unwanted.contains(parent);
            }
        }
        if (last) {
            removeJob(parent);
        }
    }

    /** Removes the folder of a job if nothing is in it, nor will be. */
    synchronized void removeIfEmpty(JobId job) throws IOException {
        Path own = jobFolder(job);
        if (!isUsed(own) && Files.isDirectory(own) && entries(own).isEmpty()) {
            Files.delete(own);
        }
    }

    /** If it fails it is tried again when the disk is found good. */
    private void delete(Path old) throws IOException {
        try {
            LocalTree.delete(old);
        } catch (IOException e) {
            synchronized (this) {
                left.add(old);
            }
            throw e;
        }
    }

    @Override
    public synchronized void removeLeft() {
        left.removeIf(folder -> {
            if (isUsed(folder)) {
                return false;
            }
            try {
                LocalTree.delete(folder);
                LOG.info("{} could be removed after all", folder);
                return true;
            } catch (IOException e) {
                // told when it failed first
                return false;
            }
        });
    }

    /** Makes the files of an attempt, to be given back by {@link #remove}. */
    ChildFiles makeFiles(AttemptId attempt) throws IOException {
        Path files = attemptFolder(attempt);
        synchronized (this) {
            made.add(files);
            unwanted.remove(files.getParent());
        }
        return ChildFiles.make(files);
    }

    Path jobFolder(JobId job) {
        return folder.resolve(JOBS).resolve(job.value());
    }

    Path attemptFolder(AttemptId attempt) {
        return jobFolder(attempt.job()).resolve(attempt.toString());
    }

    /** Of a child that is started before its attempt is known. */
    Path spareFolder(long number) {
        return folder.resolve(SPARES).resolve(Long.toString(number));
    }

    /** Gives the folder up; nothing is removed. Does not wait for what other threads do here. */
    @Override
    public void close() throws IOException {
        closed = true;
        lock.close();
    }
}
