package io.valiant.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that came with a request.
 *
 * @param part {@code jar} or {@code file}
 * @param name its own, without folders; checked
 * @param content opens it, in memory or in a temporary file
 */
public record UploadedFile(String part, String name, Content content) {
    /** Opens the bytes. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
