package io.valiant.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Nothing from outside is loaded, nothing is framed, guessed or kept, no request is echoed, foreign pages are refused. */
final class SecurityHeaders extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final transient ForeignPages foreign;

    SecurityHeaders(ForeignPages foreign) {
        this.foreign = foreign;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        if ("TRACE".equals(request.getMethod())) {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        try {
            foreign.checkHost(request);
            if (!SAFE.contains(request.getMethod())) {
                foreign.checkOrigin(request);
            }
        } catch (HttpError e) {
            Replies.error(response, e.status(), e.code(), e.getMessage());
            return;
        }
        chain.doFilter(request, response);
    }
}
