package io.valiant.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The few files that pages use; names are looked up in a list, never on a disk. A browser may keep them: what a page names is
 * the file with the first digits of its hash.
 */
public final class StaticFiles extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String SCRIPT = "text/javascript;charset=utf-8";
    private static final String STYLE = "text/css;charset=utf-8";
    private static final int HASH_DIGITS = 12;
    private static final SortedMap<String, StaticFile> FILES = new TreeMap<>();

    static {
        load("style.css", STYLE);
        load("valiant.js", SCRIPT);
        load("htmx.min.js", SCRIPT);
        load("uplot.min.js", SCRIPT);
        load("uplot.min.css", STYLE);
    }

    private static final class StaticFile {
        private final String type;
        private final byte[] content;
        private final String hash;

        StaticFile(String type, byte[] content, String hash) {
            this.type = type;
            this.content = content;
            this.hash = hash;
        }
    }

    private static void load(String name, String type) {
        try (InputStream file = StaticFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException(name + " is missing in the jar");
            }
            byte[] content = file.readAllBytes();
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            FILES.put(name, new StaticFile(type, content, hash.substring(0, HASH_DIGITS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a page calls a file, which has to be one of the list. */
    public static String url(String name) {
        StaticFile file = FILES.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no static file " + name);
        }
        return "/static/" + name + "?v=" + file.hash;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        StaticFile file = path == null ? null : FILES.get(path.substring(1));
        if (file == null) {
            Replies.error(response, HttpServletResponse.SC_NOT_FOUND, "NotFound", "no such file");
            return;
        }
        if (file.hash.equals(request.getParameter("v"))) {
            response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
        }
        Replies.bytes(response, HttpServletResponse.SC_OK, file.type, file.content);
    }
}
