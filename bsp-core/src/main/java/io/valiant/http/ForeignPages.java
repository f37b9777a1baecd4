package io.valiant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps web pages of others from using this server through the browser of somebody who can reach it: a request that
 * changes something and comes from a page must come from one of ours, and a server on a loopback address answers only
 * to names of this machine (else any name that resolves to 127.0.0.1 would make a foreign page one of ours).
 */
final class ForeignPages {
    private static final List<String> LOOPBACK_NAMES = List.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Set<String> hosts;

    /**
     * @param bound the address that is bound; where it is a loopback one only such names, and {@code known}, are answered
     * @param known names by which others are told to call this server
     */
    ForeignPages(String bound, Set<String> known) {
        boolean loopback = LOOPBACK_NAMES.contains(bound) || bound.startsWith("127.");
        TreeSet<String> names = new TreeSet<>(known);
        names.add(bound);
        names.addAll(LOOPBACK_NAMES);
        this.hosts = loopback ? names : Set.of();
    }

    /** Refuses a request that was sent to a name that is not this server's. */
    void checkHost(HttpServletRequest request) throws HttpError {
        String host = request.getServerName();
        if (!hosts.isEmpty() && !hosts.contains(host == null ? "" : host.toLowerCase(Locale.ROOT))) {
            throw new HttpError(
                    403, "ForeignHost", "this server listens on this machine only and is not called " + host);
        }
    }

    /** Refuses a request that changes something and was sent by a page of another server. */
    void checkOrigin(HttpServletRequest request) throws HttpError {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw foreign("a page of another server");
        }
        String from = request.getHeader("Origin") != null ? request.getHeader("Origin") : request.getHeader("Referer");
        if (from != null && !isOurs(from, request)) {
            throw foreign("a page of " + from);
        }
    }

    private static HttpError foreign(String who) {
        return new HttpError(
                403, "ForeignOrigin", who + " may not change anything here; use this server's own pages, or bsp");
    }

    private static boolean isOurs(String from, HttpServletRequest request) {
        try {
            URI uri = new URI(from);
            String host = request.getHeader("Host");
            return host != null
                    && request.getScheme().equals(uri.getScheme())
                    && host.equalsIgnoreCase(uri.getRawAuthority());
        } catch (URISyntaxException e) {
            // whatever it is, it is no page of ours
            return false;
        }
    }
}
