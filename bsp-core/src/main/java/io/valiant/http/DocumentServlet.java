package io.valiant.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One JSON document that does not change. */
final class DocumentServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient byte[] document;

    DocumentServlet(byte[] document) {
        this.document = document.clone();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Replies.json(response, document);
    }
}
