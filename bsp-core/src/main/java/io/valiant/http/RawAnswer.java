package io.valiant.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An answer that is not JSON.
 *
 * @param type its content type
 * @param body from position to limit
 * @param headers more headers
 */
public record RawAnswer(String type, ByteBuffer body, SortedMap<String, String> headers) {
    private static final String TEXT = "text/plain;charset=utf-8";

    public RawAnswer {
        body = body.asReadOnlyBuffer();
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /** Text in UTF-8, or what claims to be. */
    public static RawAnswer text(ByteBuffer body, SortedMap<String, String> headers) {
        return new RawAnswer(TEXT, body, headers);
    }

    /** Text. */
    public static RawAnswer text(String text) {
        return text(StandardCharsets.UTF_8.encode(text), new TreeMap<>());
    }

    /** From position to limit; each caller gets its own view. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }
}
