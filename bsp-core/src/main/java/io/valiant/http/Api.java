package io.valiant.http;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * All that a server's JSON interface is made of.
 *
 * @param base path before each template, such as {@code /api/v1}
 * @param title of the document that describes it
 * @param version of the software
 * @param routes what can be asked
 * @param json writes an answer
 * @param errors what a handler's failure is told as
 * @param maxUploadBytes of one upload, files and document together
 * @param names by which others are told to call this server, in small letters
 */
public record Api(
        String base,
        String title,
        String version,
        List<Route> routes,
        Function<Object, byte[]> json,
        Function<Throwable, HttpError> errors,
        long maxUploadBytes,
        Set<String> names) {
    public Api {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(errors, "errors");
        routes = List.copyOf(routes);
        names = Set.copyOf(names);
    }
}
