package io.valiant.http;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Reads what comes with requests, within limits. Safe in any thread. */
final class Uploads {
    /** Name of the part with the document. */
    static final String DOCUMENT = "job";

    private static final List<String> FILE_PARTS = List.of("jar", "file");
    private static final String JSON = "application/json";
    private static final String MULTIPART = "multipart/form-data";
    /** What of a body that is refused is read nevertheless, in bytes: about what lies in the buffers of a connection. */
    private static final long MOST_PASSED_OVER = 8L << 20;

    private static final int MAX_DOCUMENT_BYTES = 1024 * 1024;
    private static final int IN_MEMORY_BYTES = 64 * 1024;
    private static final int MAX_FILES = 256;

    /** Boundaries and headers of parts. */
    private static final long FRAMING_BYTES = 64 * 1024;

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][-+.A-Za-z0-9_]{0,199}");

    private final long maxBytes;

    Uploads(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** How the server has to treat uploads. */
    MultipartConfigElement limits() {
        long request = maxBytes + FRAMING_BYTES;
        return new MultipartConfigElement(System.getProperty("java.io.tmpdir"), maxBytes, request, IN_MEMORY_BYTES);
    }

    /** The document of a request; empty where the route takes none. */
    byte[] document(Route route, HttpServletRequest request) throws HttpError, IOException {
        return switch (route.body()) {
            case NONE -> new byte[0];
            case JSON -> {
                require(route, request, JSON);
                yield read(request.getInputStream());
            }
            case MULTIPART -> {
                if (isType(request, JSON)) {
                    yield read(request.getInputStream());
                }
                require(route, request, MULTIPART);
                yield read(documentPart(parts(request)).getInputStream());
            }
        };
    }

    private static Part documentPart(Collection<Part> parts) throws HttpError {
        Part found = null;
        for (Part part : parts) {
            if (part.getName().equals(DOCUMENT)) {
                if (found != null) {
                    throw HttpError.badRequest("part '" + DOCUMENT + "' is there twice");
                }
                found = part;
            } else if (!FILE_PARTS.contains(part.getName())) {
                throw HttpError.badRequest(
                        "part '" + part.getName() + "' is not known; parts are job (JSON), jar and file");
            }
        }
        if (found == null) {
            throw HttpError.badRequest("part '" + DOCUMENT + "' with the job's description in JSON is missing");
        }
        return found;
    }

    private static void require(Route route, HttpServletRequest request, String type) throws HttpError {
        if (!isType(request, type)) {
            throw new HttpError(
                    415,
                    "UnsupportedMediaType",
                    route + " takes " + (route.body() == Route.Body.JSON ? JSON : MULTIPART + " or " + JSON) + ", not "
                            + (request.getContentType() == null
                                    ? "a request without a type"
                                    : request.getContentType()));
        }
    }

    private static boolean isType(HttpServletRequest request, String type) {
        String given = request.getContentType();
        return given != null
                && given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(type);
    }

    private static byte[] read(InputStream in) throws HttpError, IOException {
        byte[] bytes;
        try (in) {
            bytes = in.readNBytes(MAX_DOCUMENT_BYTES + 1);
            if (bytes.length > MAX_DOCUMENT_BYTES) {
                passOver(in);
            }
        } catch (IOException e) {
            throw brokenOff(e, "the description broke off");
        }
        if (bytes.length > MAX_DOCUMENT_BYTES) {
            throw new HttpError(
                    413, "TooLarge", "a description of more than " + MAX_DOCUMENT_BYTES + " bytes is not taken");
        }
        return bytes;
    }

    /**
     * Reads on for a while: a connection that is closed before what its client has sent was read is reset, and the client may
     * not get to see why it was refused.
     */
    private static void passOver(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        for (long left = MOST_PASSED_OVER; left > 0; ) {
            int got = in.read(buffer);
            if (got < 0) {
                return;
            }
            left -= got;
        }
    }

    /** Why the rest of a body is not read: it came too slowly, or not at all. */
    private static HttpError brokenOff(Exception failure, String otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SlowBody) {
                return new HttpError(
                        408, "TooSlow", "the upload comes too slowly: " + cause.getMessage() + "; try again", failure);
            }
            if (cause instanceof TimeoutException) {
                return new HttpError(
                        408, "TooSlow", "nothing came any more, the upload is given up; try again", failure);
            }
        }
        return new HttpError(400, "BadRequest", otherwise, failure);
    }

    private Collection<Part> parts(HttpServletRequest request) throws HttpError, IOException {
        if (request.getContentLengthLong() > maxBytes + FRAMING_BYTES) {
            try {
                passOver(request.getInputStream());
            } catch (IOException e) {
                throw tooLarge(e);
            }
            throw tooLarge(null);
        }
        try {
            return request.getParts();
        } catch (IllegalStateException e) {
            throw tooLarge(e);
        } catch (ServletException | IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof IllegalStateException
                        || String.valueOf(cause.getMessage()).contains("max length exceeded")) {
                    throw tooLarge(e);
                }
            }
            throw brokenOff(e, "the upload is not multipart/form-data as it should be");
        }
    }

    private HttpError tooLarge(Throwable cause) {
        return new HttpError(
                413,
                "TooLarge",
                "an upload of more than " + maxBytes + " bytes is not taken; see bsp.upload.max.bytes",
                cause);
    }

    /** The files of a request. */
    List<UploadedFile> files(Route route, HttpServletRequest request) throws HttpError, IOException {
        List<UploadedFile> files = new ArrayList<>();
        if (route.body() == Route.Body.MULTIPART && isType(request, MULTIPART)) {
            for (Part part : parts(request)) {
                if (FILE_PARTS.contains(part.getName())) {
                    files.add(new UploadedFile(part.getName(), nameOf(part), part::getInputStream));
                }
            }
        }
        if (files.size() > MAX_FILES) {
            throw new HttpError(413, "TooLarge", "more than " + MAX_FILES + " files are not taken");
        }
        return files;
    }

    private static String nameOf(Part part) throws HttpError {
        String name = part.getSubmittedFileName();
        if (name == null || !FILE_NAME.matcher(name).matches()) {
            throw HttpError.badRequest("part '" + part.getName()
                    + "' needs a file name of letters, digits, '.', '_', '-' and '+', at most 200");
        }
        return name;
    }
}
