package io.valiant.config;

import io.valiant.bsp.BspException;
import java.util.List;

/** All that is wrong with a configuration, at once. */
public final class ConfigurationException extends BspException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * @param where the file or command line it came from
     * @param problems one line each, at least one
     */
    public ConfigurationException(String where, List<String> problems) {
        super(Kind.USER, where + ": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
