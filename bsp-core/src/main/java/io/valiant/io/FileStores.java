package io.valiant.io;

import io.valiant.bsp.BspException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the {@link FileStore} of a URI: local files ({@code file:} or no scheme) by java.nio; anything else by its Hadoop
 * file system, whose classes are loaded only then. Safe in any thread.
 */
public final class FileStores {
    /** Schemes have two letters at least, and a slash follows. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*", Pattern.DOTALL);

    private static final Pattern STORE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:(//[^/]*)?");

    private final SortedMap<String, String> configuration;

    /** Null: what fails is not tried again. */
    private final Retry retry;

    /** @param configuration keys for Hadoop, over what its own files on the class path say */
    public FileStores(SortedMap<String, String> configuration) {
        this(configuration, null);
    }

    private FileStores(SortedMap<String, String> configuration, Retry retry) {
        this.configuration = new TreeMap<>(configuration);
        this.retry = retry;
    }

    /** The same stores; what fails for the moment is tried again, see {@link RetryingStore}. */
    public FileStores retrying(Retry again) {
        return new FileStores(configuration, again);
    }

    /** The same stores; what fails is told at once. */
    public FileStores once() {
        return retry == null ? this : new FileStores(configuration, null);
    }

    /** The store that holds that URI. */
    public FileStore of(String uri) throws BspException {
        return retry == null ? plain(uri) : new RetryingStore(retry.call(() -> plain(uri)), retry);
    }

    private FileStore plain(String uri) throws BspException {
        return isLocal(uri) ? LocalFiles.INSTANCE : HadoopFiles.of(uri, configuration);
    }

    /** Whether a URI names a file of this machine. */
    public static boolean isLocal(String uri) {
        Matcher scheme = SCHEME.matcher(uri);
        return !scheme.matches() || scheme.group(1).equals("file");
    }

    /** The name of the store that holds that URI: scheme and host; {@code file} for this machine's. Nothing is loaded for it. */
    public static String name(String uri) {
        Matcher store = STORE.matcher(uri);
        return isLocal(uri) || !store.lookingAt() ? "file" : store.group().toLowerCase(Locale.ROOT);
    }

    /** The local path of a URI for which {@link #isLocal} holds. */
    public static Path local(String uri) {
        return LocalFiles.path(uri);
    }

    /** The whole URI of a path as a user writes it: relative ones lie in the working folder of this process. */
    public static String whole(String path) {
        return isLocal(path) ? LocalFiles.uri(LocalFiles.path(path)) : path;
    }

    /**
     * The paths of a list separated by commas; blanks around them do not count, empty ones are left out. A comma between
     * braces belongs to a pattern.
     */
    public static List<String> split(String paths) {
        List<String> list = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= paths.length(); i++) {
            char at = i < paths.length() ? paths.charAt(i) : ',';
            if (at == '{' && paths.indexOf('}', i) > 0) {
                depth++;
            } else if (at == '}') {
                depth = Math.max(0, depth - 1);
            } else if (at == ',' && (depth == 0 || i == paths.length())) {
                String path = paths.substring(from, i).strip();
                if (!path.isEmpty()) {
                    list.add(path);
                }
                from = i + 1;
            }
        }
        return list;
    }

    /** The name of something in a folder. */
    public static String child(String folder, String name) {
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }
}
