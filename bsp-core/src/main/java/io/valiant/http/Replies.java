package io.valiant.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Ways to answer a request. */
public final class Replies {
    private static final ObjectMapper ERRORS = new ObjectMapper();

    private Replies() {}

    /** A JSON document. */
    public static void json(HttpServletResponse response, byte[] document) throws IOException {
        bytes(response, HttpServletResponse.SC_OK, "application/json;charset=utf-8", document);
    }

    /** A page; the text is HTML, already escaped. */
    public static void page(HttpServletResponse response, int status, String html) throws IOException {
        bytes(response, status, "text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    public static void text(HttpServletResponse response, int status, String text) throws IOException {
        bytes(response, status, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code {"code":"BSP:JobNotFound","message":"…"}}. */
    public static void error(HttpServletResponse response, int status, String code, String message) throws IOException {
        ObjectNode body = ERRORS.createObjectNode().put("code", "BSP:" + code).put("message", message);
        bytes(response, status, "application/json;charset=utf-8", ERRORS.writeValueAsBytes(body));
    }

    public static void bytes(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
