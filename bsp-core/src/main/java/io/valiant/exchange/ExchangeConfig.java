package io.valiant.exchange;

import io.valiant.time.Clock;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How much memory and time an {@link Exchange} may take.
 *
 * @param sendBytes frames open and not acknowledged, all links together
 * @param frameBytes the largest frame; smaller ones are used where {@code sendBytes} would not give each link four
 * @param inboxBytes received bytes held in memory; above that they go to a file
 * @param spillFolder where that file lies; made when first needed
 * @param maxMessageBytes a longer message is an error of the program
 * @param openNs all links must be up so long after the start
 * @param resumeNs a broken link must be resumed within that
 * @param silenceNs a link from which nothing was heard for so long is lost
 * @param localPeers how many of the job's peers share this machine's cores: with more peers than cores one that waits
 *     leaves its core to the others before each look
 * @param directPeers up to so many peers tell each other at a barrier what they have to say; more do so along a tree
 * @param clock the time
 */
public record ExchangeConfig(
        long sendBytes,
        int frameBytes,
        long inboxBytes,
        Path spillFolder,
        long maxMessageBytes,
        long openNs,
        long resumeNs,
        long silenceNs,
        int localPeers,
        int directPeers,
        Clock clock) {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MIN_FRAME_BYTES = 2048;
    private static final int MAX_FRAME_BYTES = 1 << 20;

    /** With more peers their frames cost more than two or three steps up a tree and down. */
    private static final int DIRECT_PEERS = 16;

    public ExchangeConfig {
        Objects.requireNonNull(spillFolder, "spillFolder");
        Objects.requireNonNull(clock, "clock");
        if (frameBytes < MIN_FRAME_BYTES || frameBytes > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "frames of " + frameBytes + " bytes: not within " + MIN_FRAME_BYTES + " to " + MAX_FRAME_BYTES);
        }
        if (sendBytes < 0 || inboxBytes < 0 || maxMessageBytes < 1 || localPeers < 1 || directPeers < 0) {
            throw new IllegalArgumentException("send " + sendBytes + ", inbox " + inboxBytes + ", message "
                    + maxMessageBytes + " bytes, local peers " + localPeers + ", direct peers " + directPeers
                    + ": none may be negative");
        }
    }

    /**
     * The defaults: 128 KiB frames, messages up to 1 GiB, 5 s to resume, 10 s of silence.
     *
     * @param messageBytes memory for messages in all, sending and receiving
     */
    public static ExchangeConfig of(long messageBytes, Path spillFolder, int localPeers, Clock clock) {
        return new ExchangeConfig(
                Math.min(messageBytes / 4, 64L << 20),
                128 << 10,
                messageBytes - Math.min(messageBytes / 4, 64L << 20),
                spillFolder,
                1L << 30,
                30 * SECOND_NS,
                5 * SECOND_NS,
                10 * SECOND_NS,
                localPeers,
                DIRECT_PEERS,
                clock);
    }

    /** The same with another limit for single messages. */
    public ExchangeConfig withMaxMessageBytes(long limit) {
        return with(frameBytes, limit);
    }

    /** The same with frames of another length, in bytes. */
    public ExchangeConfig withFrameBytes(int length) {
        return with(length, maxMessageBytes);
    }

    private ExchangeConfig with(int frameLength, long messageLimit) {
        return new ExchangeConfig(
                sendBytes,
                frameLength,
                inboxBytes,
                spillFolder,
                messageLimit,
                openNs,
                resumeNs,
                silenceNs,
                localPeers,
                directPeers,
                clock);
    }
}
