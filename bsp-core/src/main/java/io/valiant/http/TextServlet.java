package io.valiant.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;

/** One plain text, made anew for each request: {@code /healthz}, {@code /readyz}, {@code /metrics}. */
public final class TextServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient Supplier<Answer> answer;

    /** A status and a text. */
    public record Answer(int status, String text) {}

    public TextServlet(Supplier<Answer> answer) {
        this.answer = Objects.requireNonNull(answer, "answer");
    }

    /** Always 200 with what the supplier says. */
    public static TextServlet of(Supplier<String> text) {
        return new TextServlet(() -> new Answer(HttpServletResponse.SC_OK, text.get()));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer now = answer.get();
        Replies.text(response, now.status(), now.text());
    }
}
