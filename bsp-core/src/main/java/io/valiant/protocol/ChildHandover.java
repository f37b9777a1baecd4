package io.valiant.protocol;

import io.valiant.bsp.BspException;
import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What a groom writes to the stdin of a child JVM, so that no secret is in its arguments or environment. A warm spare
 * waits there for it. Written as {@code magic, length, fields}, little-endian; read once.
 *
 * @param reportAddress of the groom's task-report server: {@code unix:/path} or {@code host:port}
 * @param attempt which the child is to be
 * @param token the attempt's secret, shown when attaching
 * @param dataHost address on which the child listens to its peers, as they know it
 * @param peerTransport how it is linked to peers of its machine
 * @param peerFolder where peers of its machine meet, closed to other users; empty if there is none
 * @param workFolder of the attempt: local copies of jars, marks; exists
 * @param spillFolder for messages above the child's share of memory; exists
 * @param markFile file in {@code workFolder} which the child's shutdown hook makes: it was the JVM that ended, not a
 *     signal
 * @param pingIntervalNs between pings
 * @param orphanTimeoutNs without a word from the groom: the child leaves with {@link Exit#ORPHAN_CODE}
 * @param killGraceNs how long a child that has told its failure waits to be ended before it leaves by itself
 * @param messageMemoryFraction share of the heap that messages may take before they spill, above 0, at most 1
 * @param messageMaxBytes longest single message
 * @param fsRetryNs how long storage that is away is tried again
 * @param checkpoints when the job's are taken, if it has a place for them
 * @param configuration other keys of the cluster's configuration, as {@code fs.…}
 */
public record ChildHandover(
        String reportAddress,
        AttemptId attempt,
        String token,
        String dataHost,
        PeerTransport peerTransport,
        String peerFolder,
        String workFolder,
        String spillFolder,
        String markFile,
        long pingIntervalNs,
        long orphanTimeoutNs,
        long killGraceNs,
        double messageMemoryFraction,
        long messageMaxBytes,
        long fsRetryNs,
        CheckpointTimes checkpoints,
        SortedMap<String, String> configuration) {
    private static final int MAGIC = 0x56414C31;
    private static final int LIMIT = 16 * 1024 * 1024;

    public ChildHandover {
        Objects.requireNonNull(reportAddress, "reportAddress");
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(dataHost, "dataHost");
        Objects.requireNonNull(peerTransport, "peerTransport");
        Objects.requireNonNull(peerFolder, "peerFolder");
        Objects.requireNonNull(workFolder, "workFolder");
        Objects.requireNonNull(spillFolder, "spillFolder");
        Objects.requireNonNull(markFile, "markFile");
        Objects.requireNonNull(checkpoints, "checkpoints");
        configuration = Sorted.copy(configuration);
        if (pingIntervalNs <= 0 || orphanTimeoutNs <= 0 || killGraceNs <= 0) {
            throw new IllegalArgumentException("ping interval " + pingIntervalNs + " ns, orphan time-out "
                    + orphanTimeoutNs + " ns, kill grace " + killGraceNs + " ns must be above 0");
        }
        if (!(messageMemoryFraction > 0 && messageMemoryFraction <= 1) || messageMaxBytes <= 0 || fsRetryNs < 0) {
            throw new IllegalArgumentException("message memory fraction " + messageMemoryFraction + ", longest message "
                    + messageMaxBytes + ", storage tried again for " + fsRetryNs + " ns");
        }
    }

    /** Writes and flushes; does not close. */
    public void writeTo(OutputStream out) throws IOException {
        PayloadWriter payload = new PayloadWriter().putInt(MAGIC).putInt(0).putText(reportAddress);
        ReportValues.put(payload, attempt);
        payload.putText(token)
                .putText(dataHost)
                .putText(peerTransport.name())
                .putText(peerFolder)
                .putText(workFolder)
                .putText(spillFolder)
                .putText(markFile)
                .putLong(pingIntervalNs)
                .putLong(orphanTimeoutNs)
                .putLong(killGraceNs)
                .putDouble(messageMemoryFraction)
                .putLong(messageMaxBytes)
                .putLong(fsRetryNs)
                .putLong(checkpoints.supersteps())
                .putLong(checkpoints.periodNs())
                .putMap(configuration, PayloadWriter::putText);
        payload.setInt(Integer.BYTES, payload.length() - 2 * Integer.BYTES);
        ByteBuffer bytes = payload.finish();
        out.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
        out.flush();
    }

    /**
     * Waits for a hand-over.
     *
     * @return null if the stream ended before its first byte: the groom has no use for this child
     * @throws IOException the stream broke off
     * @throws BspException FATAL if it is not a hand-over
     */
    public static ChildHandover readFrom(InputStream in) throws IOException, BspException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        byte[] head = new byte[2 * Integer.BYTES];
        head[0] = (byte) first;
        DataInputStream rest = new DataInputStream(in);
        rest.readFully(head, 1, head.length - 1);
        PayloadReader header = new PayloadReader(ByteBuffer.wrap(head));
        int magic = header.getInt();
        int length = header.getInt();
        if (magic != MAGIC || length < 1 || length > LIMIT) {
            throw new BspException(
                    BspException.Kind.FATAL,
                    "what came on stdin is not a hand-over from a groom: a child JVM is started by its groom, not by hand");
        }
        byte[] payload = new byte[length];
        rest.readFully(payload);
        return parse(new PayloadReader(ByteBuffer.wrap(payload)));
    }

    private static ChildHandover parse(PayloadReader in) throws BspException {
        ChildHandover handover = new ChildHandover(
                in.getSomeText(),
                ReportValues.attempt(in),
                in.getSomeText(),
                in.getSomeText(),
                in.getEnum(PeerTransport.class),
                in.getSomeText(),
                in.getSomeText(),
                in.getSomeText(),
                in.getSomeText(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getDouble(),
                in.getLong(),
                in.getLong(),
                new CheckpointTimes(in.getLong(), in.getLong()),
                in.getMap(PayloadReader::getSomeText));
        in.end();
        return handover;
    }

    @Override
    public String toString() {
        return "ChildHandover[" + attempt + " by " + reportAddress + "]";
    }
}
