package io.valiant.transport;

import io.valiant.id.JobId;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/**
 * What HELLO and WELCOME say. The generation, the sender and the highest sequence it has received are in the frame's header;
 * the payload is:
 *
 * <pre>
 *  int attempt · long dial · byte n, n bytes job (ASCII) · byte n, n bytes secret (ASCII)
 * </pre>
 *
 * @param who the sender
 * @param received the highest sequence the sender has received: where the other one goes on
 * @param dial counts the connections the dialling side has made, so that a late HELLO is known as such
 */
record Handshake(LinkIdentity who, long received, long dial) {
    /** Room for any handshake frame. */
    static final int MAX_FRAME_BYTES = 512;

    private static final int MAX_TEXT_BYTES = 127;

    void encode(FrameKind kind, ByteBuffer frame, CRC32C crc) {
        Frame.begin(frame);
        frame.putInt(who.attempt()).putLong(dial);
        put(frame, who.job().value());
        put(frame, who.secret());
        Frame.end(frame, kind, who.generation(), 0, who.index());
        Frame.stamp(frame, 0, received, crc);
    }

    /** Reads an intact frame; null if the payload is not a handshake. */
    static Handshake decode(ByteBuffer frame) {
        ByteBuffer payload = frame.duplicate().order(frame.order());
        payload.position(Frame.HEADER_BYTES);
        try {
            int attempt = payload.getInt();
            long dial = payload.getLong();
            String job = text(payload);
            String secret = text(payload);
            if (payload.hasRemaining() || !JobId.isValid(job)) {
                return null;
            }
            long generation = Frame.generation(frame);
            LinkIdentity who = new LinkIdentity(new JobId(job), generation, Frame.sender(frame), attempt, secret);
            return new Handshake(who, Frame.acknowledged(frame), dial);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    /** Why this is not the one expected; null if it is. Takes the same time for every wrong secret. */
    String differs(LinkIdentity expected) {
        boolean secretMatches = MessageDigest.isEqual(bytes(who.secret()), bytes(expected.secret()));
        if (!who.job().equals(expected.job())) {
            return "job " + who.job() + " is not " + expected.job();
        }
        if (who.generation() != expected.generation()) {
            return "generation " + who.generation() + " is not " + expected.generation();
        }
        if (who.index() != expected.index() || who.attempt() != expected.attempt()) {
            return "t" + who.index() + " a" + who.attempt() + " is not t" + expected.index() + " a"
                    + expected.attempt();
        }
        return secretMatches ? null : "secret does not match";
    }

    private static void put(ByteBuffer frame, String text) {
        byte[] bytes = bytes(text);
        if (bytes.length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("a handshake's text has at most " + MAX_TEXT_BYTES + " bytes");
        }
        frame.put((byte) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer payload) {
        int length = payload.get();
        if (length < 0 || length > payload.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        payload.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Handshake[" + who + " received " + received + " dial " + dial + "]";
    }
}
