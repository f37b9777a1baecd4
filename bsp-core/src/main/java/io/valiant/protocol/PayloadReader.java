package io.valiant.protocol;

import io.valiant.bsp.BspException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what a {@link PayloadWriter} wrote. Counts are checked against the bytes that are left before anything of their
 * size is made. Whatever is wrong is a FATAL error: the other end does not speak this protocol.
 */
final class PayloadReader {
    /** Reads one value of a list or map. */
    interface Element<T> {
        T read(PayloadReader in) throws BspException;
    }

    private final ByteBuffer bytes;

    PayloadReader(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    int getByte() throws BspException {
        need(1);
        return bytes.get() & 0xFF;
    }

    boolean getBoolean() throws BspException {
        int value = getByte();
        if (value > 1) {
            throw broken(value + " is neither true nor false");
        }
        return value == 1;
    }

    int getInt() throws BspException {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    long getLong() throws BspException {
        need(Long.BYTES);
        return bytes.getLong();
    }

    double getDouble() throws BspException {
        need(Double.BYTES);
        return bytes.getDouble();
    }

    /** A text or null. */
    String getText() throws BspException {
        int length = getInt();
        if (length == -1) {
            return null;
        }
        need(length);
        ByteBuffer utf8 = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new BspException(BspException.Kind.FATAL, "task report: a text is not UTF-8", e);
        }
    }

    /** A text that must be there. */
    String getSomeText() throws BspException {
        String text = getText();
        if (text == null) {
            throw broken("a text is missing");
        }
        return text;
    }

    Long getLongOrNull() throws BspException {
        return getBoolean() ? getLong() : null;
    }

    <T> List<T> getList(Element<T> element) throws BspException {
        int count = count();
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(element.read(this));
        }
        return list;
    }

    <T> SortedMap<String, T> getMap(Element<T> value) throws BspException {
        int count = count();
        SortedMap<String, T> map = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            map.put(getSomeText(), value.read(this));
        }
        return map;
    }

    <T extends Enum<T>> T getEnum(Class<T> type) throws BspException {
        String name = getSomeText();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new BspException(
                    BspException.Kind.FATAL, "task report: '" + name + "' is no " + type.getSimpleName(), e);
        }
    }

    /** To be called after the last value: nothing may be left. */
    void end() throws BspException {
        if (bytes.hasRemaining()) {
            throw broken(bytes.remaining() + " bytes too many");
        }
    }

    private int count() throws BspException {
        int count = getInt();
        // every element takes at least one byte
        need(count);
        return count;
    }

    private void need(int wanted) throws BspException {
        if (wanted < 0 || wanted > bytes.remaining()) {
            throw broken(wanted + " bytes wanted, " + bytes.remaining() + " left");
        }
    }

    static BspException broken(String detail) {
        return new BspException(
                BspException.Kind.FATAL, "task report: " + detail + "; both ends must be of one version");
    }
}
