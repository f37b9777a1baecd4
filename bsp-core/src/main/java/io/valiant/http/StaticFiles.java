package io.valiant.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The few files every page uses; names are looked up in a list, never on a disk. */
final class StaticFiles extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final SortedMap<String, String> TYPES =
            Collections.unmodifiableSortedMap(new TreeMap<>(java.util.Map.of("/style.css", "text/css;charset=utf-8")));

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getPathInfo();
        String type = name == null ? null : TYPES.get(name);
        if (type == null) {
            Replies.error(response, HttpServletResponse.SC_NOT_FOUND, "NotFound", "no such file");
            return;
        }
        try (InputStream file = StaticFiles.class.getResourceAsStream(name.substring(1))) {
            if (file == null) {
                throw new IOException(name + " is missing in the jar");
            }
            Replies.bytes(response, HttpServletResponse.SC_OK, type, file.readAllBytes());
        }
    }
}
