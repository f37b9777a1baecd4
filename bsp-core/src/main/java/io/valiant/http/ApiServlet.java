package io.valiant.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the routes of an {@link Api}: finds the one that is asked for, checks the request, writes what it answers. */
final class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    /** Of the server's threads so many may wait for what is uploaded; others shall find one that answers them. */
    private static final int MOST_UPLOADS = 4;

    private final transient Api api;
    private final transient Uploads uploads;
    private final transient Semaphore uploading = new Semaphore(MOST_UPLOADS);

    ApiServlet(Api api) {
        this.api = api;
        this.uploads = new Uploads(api.maxUploadBytes());
    }

    /** What was found for a request. */
    private record Found(Route route, Map<String, String> variables) {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Found found = find(request);
            if (found.route().body() != Route.Body.MULTIPART) {
                serve(found, request, response);
            } else if (uploading.tryAcquire()) {
                try {
                    serve(found, request, response);
                } finally {
                    uploading.release();
                }
            } else {
                throw new HttpError(
                        503, "Busy", "no more than " + MOST_UPLOADS + " uploads are taken at a time; try again");
            }
        } catch (HttpError e) {
            refuse(response, e);
        }
    }

    private void serve(Found found, HttpServletRequest request, HttpServletResponse response)
            throws HttpError, IOException {
        ApiRequest asked = new ApiRequest(
                decoded(found.variables()),
                parameters(found.route(), request.getQueryString()),
                uploads.document(found.route(), request),
                uploads.files(found.route(), request));
        answer(found.route(), asked, request, response);
    }

    private Found find(HttpServletRequest request) throws HttpError {
        String path = request.getRequestURI().substring(api.base().length());
        // the server leaves out the body
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : api.routes()) {
            Map<String, String> variables = route.match(path);
            if (variables != null && route.method().equals(method)) {
                return new Found(route, variables);
            }
            if (variables != null) {
                methods.add(route.method());
            }
        }
        if (methods.isEmpty()) {
            throw new HttpError(
                    404, "NotFound", "no such resource: " + request.getRequestURI() + "; /openapi.json lists them all");
        }
        throw new HttpError(
                405,
                "MethodNotAllowed",
                request.getRequestURI() + " takes " + String.join(" and ", methods) + ", not " + request.getMethod());
    }

    private static Map<String, String> decoded(Map<String, String> variables) throws HttpError {
        Map<String, String> decoded = new TreeMap<>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            decoded.put(variable.getKey(), decode(variable.getValue().replace("+", "%2B")));
        }
        return decoded;
    }

    private static String decode(String text) throws HttpError {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "BadRequest", "'" + text + "' is not percent-encoded as it should be", e);
        }
    }

    private static SortedMap<String, String> parameters(Route route, String query) throws HttpError {
        SortedMap<String, String> values = new TreeMap<>();
        if (query == null || query.isEmpty()) {
            return values;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            List<String> known = route.queries().stream().map(Route.Query::name).toList();
            if (!known.contains(name)) {
                throw HttpError.badRequest(route + " has no parameter '" + name + "'"
                        + (known.isEmpty() ? "" : "; it has " + String.join(", ", known)));
            }
            if (values.put(name, value) != null) {
                throw HttpError.badRequest("parameter '" + name + "' is given twice");
            }
        }
        return values;
    }

    // ---- answers

    private void answer(Route route, ApiRequest asked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        CompletableFuture<?> future;
        try {
            future = route.handler().answer(asked);
        } catch (Exception e) {
            future = CompletableFuture.failedFuture(e);
        }
        Deferred.answer(request, response, future, (value, failure) -> write(value, failure, response));
    }

    private static void refuse(HttpServletResponse response, HttpError error) throws IOException {
        Replies.error(response, error.status(), error.code(), error.getMessage());
    }

    private void write(Object value, Throwable failure, HttpServletResponse response) throws IOException {
        if (failure != null) {
            HttpError error = api.errors().apply(failure);
            if (error.status() == HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
                LOG.error("a request could not be answered", failure);
            }
            refuse(response, error);
        } else if (value instanceof RawAnswer raw) {
            raw.headers().forEach(response::setHeader);
            byte[] body = new byte[raw.body().remaining()];
            raw.body().get(body);
            Replies.bytes(response, HttpServletResponse.SC_OK, raw.type(), body);
        } else {
            Replies.json(response, api.json().apply(value));
        }
    }
}
