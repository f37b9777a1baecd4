package io.valiant.graph.general;

import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;

/** What goes from task to task: records of these kinds, one after another. Lengths are of seven bits a byte, lowest first. */
final class Wire {
    /** A message: slot, length, bytes. */
    static final byte SEND = 1;
    /** A message for an id whose slot the sender does not know: id, length, bytes. */
    static final byte SEND_BY_ID = 2;
    /** A message for several: how many, slots, length, bytes. */
    static final byte SEND_TO_MANY = 3;
    /** Id, value. */
    static final byte ADD_VERTEX = 4;
    /** Id. */
    static final byte REMOVE_VERTEX = 5;
    /** Ids of source and target, value. */
    static final byte ADD_EDGE = 6;
    /** Ids of source and target. */
    static final byte REMOVE_EDGES = 7;
    /** An answer to SEND_BY_ID: id, slot. */
    static final byte TELL = 8;
    /** While loading: id. */
    static final byte VERTEX = 9;
    /** While loading: id, value. */
    static final byte VERTEX_WITH_VALUE = 10;

    /** A message for all neighbours of a vertex, which makes its mirror: its slot, how many, their slots, length, bytes. */
    static final byte SEND_AND_MIRROR = 11;
    /** A message for all neighbours of a vertex that has a mirror: its slot, length, bytes. */
    static final byte SEND_BY_MIRROR = 12;
    /** Messages of one length for all neighbours of each of several vertices that have mirrors: how many, length, slots, bytes. */
    static final byte SEND_BY_MIRRORS = 13;

    private Wire() {}

    static void writeLength(MessageWriter out, int value) throws IOException {
        int left = value;
        while (left > 0x7f) {
            out.write(left | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    static int readLength(MessageReader in) throws IOException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.readByte();
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                break;
            }
            if (shift == 28) {
                throw new IOException("a length that does not end");
            }
        }
        if (value < 0 || value > in.remaining()) {
            throw new IOException("a length of " + value + " where " + in.remaining() + " bytes are left");
        }
        return value;
    }

    static void writeBytes(MessageWriter out, ByteOutput bytes) throws IOException {
        writeLength(out, bytes.size());
        out.write(bytes.bytes(), 0, bytes.size());
    }

    /** Reads what {@link #writeBytes} wrote. */
    static void readBytes(MessageReader in, ByteOutput into) throws IOException {
        int length = readLength(in);
        int at = into.reset().skip(length);
        in.readFully(into.bytes(), at, length);
    }
}
