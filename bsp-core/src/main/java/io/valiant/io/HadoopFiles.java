package io.valiant.io;

import io.valiant.bsp.BspException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;

/** Files of a Hadoop file system. The only class of this package that names Hadoop's: a child loads it when it must. */
final class HadoopFiles implements FileStore {
    /**
     * Whether HDFS goes on with the data nodes that are left where a file was forced or is written on. Otherwise it wants as
     * many as the file has copies: with three nodes for three copies, one that is away would be a failure.
     */
    private static final String BEST_EFFORT = "dfs.client.block.write.replace-datanode-on-failure.best-effort";

    private final FileSystem files;

    private HadoopFiles(FileSystem files) {
        this.files = files;
    }

    /** The store of that URI's file system; Hadoop keeps and shares the connection. */
    static FileStore of(String uri, SortedMap<String, String> keys) throws BspException {
        Configuration configuration = new Configuration();
        configuration.setBooleanIfUnset(BEST_EFFORT, true);
        keys.forEach(configuration::set);
        try {
            return new HadoopFiles(new Path(uri).getFileSystem(configuration));
        } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
            throw new BspException(BspException.Kind.USER, "no file system for " + uri + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw failed("reach", uri, e);
        }
    }

    @Override
    public Entry find(String uri) throws BspException {
        try {
            return entry(files.getFileStatus(new Path(uri)));
        } catch (FileNotFoundException e) {
            return null;
        } catch (IOException e) {
            throw failed("look at", uri, e);
        }
    }

    @Override
    public List<Entry> list(String folder) throws BspException {
        List<Entry> entries = new ArrayList<>();
        try {
            for (FileStatus status : files.listStatus(new Path(folder))) {
                entries.add(entry(status));
            }
        } catch (IOException e) {
            throw failed("list", folder, e);
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    @Override
    public List<Entry> peek(String folder, int most) throws BspException {
        List<Entry> entries = new ArrayList<>();
        try {
            RemoteIterator<FileStatus> found = files.listStatusIterator(new Path(folder));
            try {
                while (entries.size() < most && found.hasNext()) {
                    entries.add(entry(found.next()));
                }
            } finally {
                // of some file systems it holds a connection
                if (found instanceof Closeable held) {
                    held.close();
                }
            }
        } catch (IOException e) {
            throw failed("list", folder, e);
        }
        return entries;
    }

    private static Entry entry(FileStatus status) {
        boolean folder = status.isDirectory();
        return new Entry(status.getPath().toString(), status.getPath().getName(), folder ? 0 : status.getLen(), folder);
    }

    @Override
    public InputStream open(String uri, long offset) throws BspException {
        try {
            FSDataInputStream in = files.open(new Path(uri));
            try {
                in.seek(offset);
                return new HadoopStream(in);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed("read", uri, e);
        }
    }

    @Override
    public Sink create(String uri) throws BspException {
        try {
            return new HadoopSink(files.create(new Path(uri), true));
        } catch (IOException e) {
            throw failed("write", uri, e);
        }
    }

    /**
     * A file of which nothing was forced is made anew. Another is written on where its last writer can be told to be gone, as
     * in HDFS: the file then has all that was forced, and is as long as it says.
     */
    @Override
    public Resumed resume(String uri, long forced) throws BspException {
        if (forced == 0) {
            return new Resumed(create(uri), 0);
        }
        if (!(files instanceof LeaseRecoverable leases)) {
            throw new BspException(
                    BspException.Kind.FATAL,
                    "cannot write on " + uri + ": file systems like " + files.getUri() + " do not write on");
        }
        Path path = new Path(uri);
        try {
            if (!leases.recoverLease(path)) {
                throw new IOException("its last writer is still being put off");
            }
            long length = files.getFileStatus(path).getLen();
            if (length < forced) {
                throw new IOException("it has " + length + " bytes, " + forced + " were forced");
            }
            return new Resumed(new HadoopSink(files.append(path)), length);
        } catch (IOException e) {
            throw new StorageException("cannot write on " + uri + ": " + firstLine(e), e);
        }
    }

    @Override
    public void createPrivateFolder(String folder) throws BspException {
        Path path = new Path(folder);
        try {
            if (files.exists(path)) {
                throw new FileAlreadyExistsException(folder + " is there already");
            }
            if (!files.mkdirs(path, new FsPermission(FsAction.ALL, FsAction.NONE, FsAction.NONE))) {
                throw new IOException("refused by " + files.getUri());
            }
        } catch (IOException e) {
            throw failed("make", folder, e);
        }
    }

    @Override
    public void rename(String from, String to) throws BspException {
        try {
            if (!files.rename(new Path(from), new Path(to))) {
                throw new IOException("refused by " + files.getUri());
            }
        } catch (IOException e) {
            throw failed("rename to " + to, from, e);
        }
    }

    @Override
    public void delete(String uri) throws BspException {
        Path path = new Path(uri);
        try {
            if (!files.delete(path, true) && files.exists(path)) {
                throw new IOException("refused by " + files.getUri());
            }
        } catch (IOException e) {
            throw failed("remove", uri, e);
        }
    }

    @Override
    public void deleteIfEmpty(String folder) throws BspException {
        Path path = new Path(folder);
        try {
            if (files.exists(path) && peek(folder, 1).isEmpty()) {
                delete(folder);
            }
        } catch (IOException e) {
            throw failed("remove", folder, e);
        }
    }

    /** A Hadoop file system has made a rename durable when it answers. */
    @Override
    public void force(String folder) {}

    private static BspException failed(String what, String uri, IOException e) {
        if (e instanceof FileNotFoundException) {
            return BspException.user("cannot %s %s: it does not exist", what, uri);
        }
        if (e instanceof AccessControlException) {
            return BspException.user("cannot %s %s: permission denied", what, uri);
        }
        return new StorageException("cannot " + what + " " + uri + ": " + firstLine(e), e);
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * What a stream of Hadoop's throws, as an exception of our own: theirs may be the same object in each call, which cannot
     * be suppressed in itself, and is an EOFException where a connection has ended, not the file.
     */
    private static IOException broken(IOException e) {
        return new IOException(firstLine(e), e);
    }

    private static final class HadoopStream extends InputStream {
        private final FSDataInputStream in;

        private HadoopStream(FSDataInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                throw broken(e);
            }
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            try {
                return in.read(into, from, count);
            } catch (IOException e) {
                throw broken(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                in.close();
            } catch (IOException e) {
                throw broken(e);
            }
        }
    }

    private static final class HadoopSink extends Sink {
        private final FSDataOutputStream out;

        private HadoopSink(FSDataOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            try {
                out.write(value);
            } catch (IOException e) {
                throw broken(e);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                throw broken(e);
            }
        }

        @Override
        public void force() throws IOException {
            try {
                out.hsync();
            } catch (IOException e) {
                throw broken(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                throw broken(e);
            }
        }
    }
}
