package io.valiant.io;

import io.valiant.bsp.BspException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the files and folders that a pattern names: {@code *} any characters, {@code ?} one, {@code [a-c]} or {@code [^a-c]}
 * one of a set, <code>{a,b}</code> one of several words, {@code \} takes the next character as it is; none of them crosses
 * a slash. Names that begin with a dot or an underscore are met only by a pattern that begins so. Looks at a store, so it is
 * for worker threads.
 */
final class PathPattern {
    private static final String SPECIAL = "*?[{\\";

    private final FileStore store;
    private final String whole;

    private PathPattern(FileStore store, String whole) {
        this.store = store;
        this.whole = whole;
    }

    /** Whether a path is more than the name of one file. */
    static boolean isPattern(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (SPECIAL.indexOf(path.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * What a pattern names, in the order of their names.
     *
     * @throws BspException USER if the pattern is none
     */
    static List<FileStore.Entry> find(FileStore store, String pattern) throws BspException {
        return new PathPattern(store, pattern).find();
    }

    private List<FileStore.Entry> find() throws BspException {
        int authority = authorityEnd(whole);
        String fixed = whole.substring(0, authority);
        String[] names = whole.substring(authority).split("/", -1);
        List<String> folders = new ArrayList<>(List.of(fixed));
        List<FileStore.Entry> found = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            boolean last = i == names.length - 1;
            if (names[i].isEmpty()) {
                continue;
            }
            List<String> deeper = new ArrayList<>();
            found.clear();
            for (String folder : folders) {
                for (FileStore.Entry entry : step(folder, names[i])) {
                    if (last || isRestEmpty(names, i + 1)) {
                        found.add(entry);
                    } else if (entry.folder()) {
                        deeper.add(FileStores.child(folder, entry.name()));
                    }
                }
            }
            folders = deeper;
        }
        return found;
    }

    private static boolean isRestEmpty(String[] names, int from) {
        for (int i = from; i < names.length; i++) {
            if (!names[i].isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Behind the scheme and host of a URI: {@code hdfs://host:8020/} or {@code file:/} or {@code /}. */
    private static int authorityEnd(String path) {
        int colon = path.indexOf(":/");
        if (colon < 0) {
            return path.startsWith("/") ? 1 : 0;
        }
        if (!path.startsWith("://", colon)) {
            return colon + 2;
        }
        int slash = path.indexOf('/', colon + 3);
        return slash < 0 ? path.length() : slash + 1;
    }

    /** What a folder holds that a name or pattern of one name means. */
    private List<FileStore.Entry> step(String folder, String name) throws BspException {
        List<FileStore.Entry> entries = new ArrayList<>();
        String parent = folder.isEmpty() ? "." : folder;
        if (!isPattern(name)) {
            FileStore.Entry entry = store.find(FileStores.child(parent, name));
            if (entry != null) {
                entries.add(entry);
            }
            return entries;
        }
        FileStore.Entry above = store.find(parent);
        if (above == null || !above.folder()) {
            return entries;
        }
        Pattern pattern = compile(name);
        boolean hidden = name.startsWith(".") || name.startsWith("_");
        for (FileStore.Entry entry : store.list(parent)) {
            boolean hides = entry.name().startsWith(".") || entry.name().startsWith("_");
            if ((hidden || !hides) && pattern.matcher(entry.name()).matches()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private Pattern compile(String name) throws BspException {
        StringBuilder regex = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < name.length(); i++) {
            char at = name.charAt(i);
            switch (at) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    int end = name.indexOf(']', i + 2);
                    if (end < 0) {
                        throw bad("its '[' is not closed");
                    }
                    String set = name.substring(i + 1, end);
                    boolean other = set.startsWith("^") || set.startsWith("!");
                    regex.append(other ? "[^" : "[")
                            .append((other ? set.substring(1) : set)
                                    .replace("\\", "\\\\")
                                    .replace("[", "\\[")
                                    .replace("^", "\\^")
                                    .replace("&", "\\&"))
                            .append(']');
                    i = end;
                }
                case '{' -> {
                    regex.append("(?:");
                    depth++;
                }
                case '}' -> {
                    regex.append(depth > 0 ? ")" : "\\}");
                    depth = Math.max(0, depth - 1);
                }
                case ',' -> regex.append(depth > 0 ? "|" : ",");
                case '\\' -> {
                    if (++i == name.length()) {
                        throw bad("nothing follows its last '\\'");
                    }
                    regex.append(Pattern.quote(name.substring(i, i + 1)));
                }
                default -> regex.append(Pattern.quote(String.valueOf(at)));
            }
        }
        if (depth > 0) {
            throw bad("its '{' is not closed");
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new BspException(
                    BspException.Kind.USER, "'" + whole + "' is no pattern of files: " + e.getDescription(), e);
        }
    }

    private BspException bad(String why) {
        return BspException.user("'%s' is no pattern of files: %s", whole, why);
    }
}
