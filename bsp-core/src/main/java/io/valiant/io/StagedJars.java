package io.valiant.io;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where the jars of submitted jobs lie: {@code <bsp.system.dir>/staging/<32 hexadecimal digits>/}, one folder for each
 * submission. The client makes it, the master removes it when the job has ended. Pure.
 */
public final class StagedJars {
    private static final String FOLDER = "/staging/";

    /** A staging folder's own name, and a file directly in it. */
    private static final Pattern FOLDER_AND_FILE = Pattern.compile("[0-9a-f]{32}/[^/]+");

    private static final int NAME_LENGTH = 32;

    private StagedJars() {}

    /**
     * URI of the folder for one submission.
     *
     * @param systemDir as the master has it
     * @param name 32 random hexadecimal digits
     */
    public static String folder(String systemDir, String name) {
        return above(systemDir) + name;
    }

    /**
     * The staging folders that hold some of these jars, which may be removed with them. Jars that lie anywhere else are
     * their owner's: they name no folder.
     */
    public static SortedSet<String> foldersOf(List<String> jars, String systemDir) {
        String above = above(systemDir);
        SortedSet<String> folders = new TreeSet<>();
        for (String jar : jars) {
            String uri = FileStores.whole(jar);
            if (uri.startsWith(above)
                    && FOLDER_AND_FILE.matcher(uri.substring(above.length())).matches()) {
                folders.add(uri.substring(0, above.length() + NAME_LENGTH));
            }
        }
        return folders;
    }

    private static String above(String systemDir) {
        return FileStores.whole(systemDir) + FOLDER;
    }
}
