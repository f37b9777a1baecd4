package io.valiant.documents;

import java.util.Map;

/**
 * A block of code on a page.
 *
 * @param language what stands behind the fence, such as {@code sh}; {@value #INDENTED} for a block without a fence
 * @param text its lines, each with its end
 * @param line where it begins, from 1
 * @param marks what the page says of it to its tests, see the package
 */
record Block(String language, String text, int line, Map<String, String> marks) {
    static final String INDENTED = "indented";
    static final String SHELL = "sh";
    static final String OUTPUT = "text";

    boolean is(String wanted) {
        return language.equals(wanted);
    }

    /** What a mark says, or null. */
    String mark(String name) {
        return marks.get(name);
    }

    /** Whether its commands are to be run. */
    boolean isRun() {
        return is(SHELL) && mark("not run") == null;
    }
}
