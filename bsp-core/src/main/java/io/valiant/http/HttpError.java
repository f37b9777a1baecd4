package io.valiant.http;

import java.util.Objects;

/** A request that is refused, as programs see it: {@code {"code":"BSP:…","message":"…"}} with a status. */
public final class HttpError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status of HTTP
     * @param code a word that does not change, without {@code BSP:}
     * @param message one line: what, which, what to do
     */
    public HttpError(int status, String code, String message) {
        this(status, code, message, null);
    }

    public HttpError(int status, String code, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The request makes no sense. */
    public static HttpError badRequest(String message) {
        return new HttpError(400, "BadRequest", message);
    }

    /** There is nothing of that name. */
    public static HttpError notFound(String message) {
        return new HttpError(404, "NotFound", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
