package io.valiant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps web pages of others from using this server through the browser of somebody who can reach it: a request that
 * changes something and comes from a page must come from one of ours, and a server answers only to addresses, and to names that
 * are its own (else any name that somebody lets lead here would make a foreign page one of ours).
 */
final class ForeignPages {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignPages.class);
    private static final List<String> LOOPBACK_NAMES = List.of("localhost", "ip6-localhost");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[.*]|.*:.*");

    private final Set<String> names;

    /**
     * @param bound the address that is bound
     * @param known names by which others are told to call this server
     */
    ForeignPages(String bound, Set<String> known) {
        TreeSet<String> ours = new TreeSet<>(LOOPBACK_NAMES);
        ours.add(bound.toLowerCase(Locale.ROOT));
        known.forEach(name -> ours.add(name.toLowerCase(Locale.ROOT)));
        try {
            InetAddress machine = InetAddress.getLocalHost();
            ours.add(machine.getHostName().toLowerCase(Locale.ROOT));
            ours.add(machine.getCanonicalHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // a machine whose own name leads nowhere is not called by it
            LOG.debug("this machine's name is not known", e);
        }
        this.names = ours;
    }

    /** Refuses a request that was sent to a name that is not this server's. */
    void checkHost(HttpServletRequest request) throws HttpError {
        String host = request.getServerName();
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        if (!ADDRESS.matcher(name).matches() && !names.contains(name)) {
            throw new HttpError(
                    403,
                    "ForeignHost",
                    "this server is not called " + host
                            + "; the name in its configured HTTP address is one that it answers to");
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
