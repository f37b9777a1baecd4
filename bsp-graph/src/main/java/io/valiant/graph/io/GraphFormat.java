package io.valiant.graph.io;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Settings;
import io.valiant.graph.GraphSettings;

/**
 * How a job's graph is to be read.
 *
 * @param directed whether {@code a b} is an edge from a to b only
 * @param weighted whether edges have a weight in their third column
 * @param lenient whether edges to unknown vertices are dropped
 * @param forced the form of ids that was asked for, or null: found by looking
 */
public record GraphFormat(boolean directed, boolean weighted, boolean lenient, IdForm forced) {
    /** Reads the settings; USER error for a value that is none. */
    public static GraphFormat of(Settings settings) throws BspException {
        try {
            return new GraphFormat(
                    settings.getBoolean(GraphSettings.DIRECTED, true),
                    settings.getBoolean(GraphSettings.WEIGHTED, false),
                    settings.getBoolean(GraphSettings.LENIENT, false),
                    form(settings.get(GraphSettings.IDS)));
        } catch (IllegalArgumentException e) {
            throw new BspException(BspException.Kind.USER, e.getMessage(), e);
        }
    }

    private static IdForm form(String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "long" -> IdForm.LONG;
            case "text" -> IdForm.TEXT;
            default ->
                throw new IllegalArgumentException(GraphSettings.IDS + " = '" + text + "' is neither long nor text");
        };
    }
}
