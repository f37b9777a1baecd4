package io.valiant.groom.launch;

import io.valiant.id.AttemptId;
import io.valiant.io.LocalTree;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What children wrote: {@code bsp.local.dir/logs/<job>/<attempt>/{stdout,stderr}}, kept after their job is forgotten. The
 * files are {@link CappedLog}'s; offsets count the whole stream, also what was not kept. Safe in any thread.
 */
public final class LogStore {
    private static final int TRIES = 3;

    private final Path folder;

    LogStore(Path folder) {
        this.folder = folder;
    }

    /** Where the streams of an attempt lie; made if it is not there. */
    Path attemptFolder(AttemptId attempt) throws IOException {
        Path made = pathOf(attempt);
        Files.createDirectories(made);
        return made;
    }

    /** The same, whether it is there or not. */
    Path pathOf(AttemptId attempt) {
        return folder.resolve(attempt.job().value()).resolve(attempt.toString());
    }

    /**
     * Reads a piece.
     *
     * @param offset of the first byte wanted; where that byte was not kept, the piece begins at the next that was
     * @param length most bytes wanted
     * @throws io.valiant.protocol.CallException LOG_NOT_FOUND if the attempt wrote nothing here
     */
    public LogChunk read(AttemptId attempt, LogStream stream, long offset, int length)
            throws IOException, io.valiant.protocol.CallException {
        int most = Math.max(0, Math.min(length, LogChunk.MAX_BYTES));
        for (int tries = 0; ; tries++) {
            try {
                return readOnce(attempt, stream, Math.max(0, offset), most);
            } catch (NoSuchFileException e) {
                // a piece was dropped while it was looked for: the next look finds the newer ones
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private LogChunk readOnce(AttemptId attempt, LogStream stream, long offset, int most)
            throws IOException, io.valiant.protocol.CallException {
        TreeMap<Long, Path> pieces = pieces(attempt, stream.label());
        if (pieces.isEmpty()) {
            throw ErrorCode.LOG_NOT_FOUND.with(
                    "there is no " + stream.label() + " of attempt " + attempt + " on this groom");
        }
        long size = pieces.lastKey() + Files.size(pieces.lastEntry().getValue());
        Map.Entry<Long, Path> piece = pieces.floorEntry(offset);
        if (offset >= piece.getKey() + Files.size(piece.getValue())) {
            Map.Entry<Long, Path> later = pieces.higherEntry(offset);
            if (later == null) {
                return new LogChunk(offset, ByteBuffer.allocate(0), size);
            }
            piece = later;
        }
        long first = Math.max(offset, piece.getKey());
        ByteBuffer bytes = ByteBuffer.allocate(most);
        try (FileChannel channel = FileChannel.open(piece.getValue())) {
            channel.position(first - piece.getKey());
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // until full or at the end of the piece
            }
        }
        return new LogChunk(first, bytes.flip(), size);
    }

    /** The kept pieces of a stream by the place of their first byte. */
    private TreeMap<Long, Path> pieces(AttemptId attempt, String name) throws IOException {
        TreeMap<Long, Path> pieces = new TreeMap<>();
        Path of = pathOf(attempt);
        if (!Files.isDirectory(of)) {
            return pieces;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(of, name + "*")) {
            for (Path file : files) {
                String rest = file.getFileName().toString().substring(name.length());
                if (rest.isEmpty()) {
                    pieces.put(0L, file);
                } else if (rest.matches("\\.\\d{1,18}")) {
                    pieces.put(Long.parseLong(rest.substring(1)), file);
                }
            }
        }
        return pieces;
    }

    /** Keeps the logs of that many jobs, those of the newest, and of those that run here, told by their ids. */
    void retain(int jobs, Predicate<String> runs) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        record Dated(Path path, FileTime time) {}
        List<Dated> kept = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
            for (Path one : folders) {
                kept.add(new Dated(one, Files.getLastModifiedTime(one)));
            }
        }
        kept.sort(Comparator.comparing(Dated::time).reversed());
        for (Dated old : kept.subList(Math.min(jobs, kept.size()), kept.size())) {
            if (!runs.test(old.path().getFileName().toString())) {
                LocalTree.delete(old.path());
            }
        }
    }
}
