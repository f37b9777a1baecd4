package io.valiant.graph;

import io.valiant.bsp.BspException;
import io.valiant.graph.io.IdText;
import io.valiant.graph.io.LineTokens;
import java.lang.reflect.Constructor;
import org.apache.hadoop.io.Writable;

/**
 * What readers of words have in common: ids and values of edges are Hadoop's simple Writables, see {@link WritableText}. Values
 * of vertices stay as their constructor makes them.
 */
abstract class TextReader<I extends Writable, V extends Writable, E extends Writable> implements VertexReader<I, V, E> {
    private final LineTokens tokens;
    private I first;
    private I second;
    private E value;
    private boolean weighted;
    private boolean onlyLongs;

    TextReader(int mostTokens) {
        tokens = new LineTokens(mostTokens);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void setup(ReaderSetup setup) throws BspException {
        first = (I) make(setup.idClass());
        second = (I) make(setup.idClass());
        value = (E) make(setup.edgeClass());
        weighted = setup.settings().getBoolean(GraphSettings.WEIGHTED, false);
        onlyLongs = "long".equals(setup.settings().get(GraphSettings.IDS));
        try {
            WritableText.set(first, new byte[0], 0, 0);
            if (weighted) {
                WritableText.set(value, new byte[0], 0, 0);
                value = (E) make(setup.edgeClass());
            }
        } catch (IllegalArgumentException e) {
            throw new BspException(BspException.Kind.USER, e.getMessage(), e);
        }
    }

    private static Object make(Class<?> type) throws BspException {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new BspException(BspException.Kind.USER, type.getName() + " cannot be made: " + e, e);
        }
    }

    final boolean isWeighted() {
        return weighted;
    }

    /** How many words the line has. */
    final int words(InputLine line) {
        return tokens.read(line.bytes(), line.start(), line.end());
    }

    final I source(InputLine line, int token) throws BspException {
        return id(first, line, token);
    }

    final I target(InputLine line, int token) throws BspException {
        return id(second, line, token);
    }

    private I id(I into, InputLine line, int token) throws BspException {
        if (onlyLongs && !IdText.isCanonicalLong(line.bytes(), tokens.start(token), tokens.end(token))) {
            throw line.bad("has an id that is not a whole number, as ids of the form long are");
        }
        if (!WritableText.set(into, line.bytes(), tokens.start(token), tokens.end(token))) {
            throw line.bad("has an id that is not one of " + into.getClass().getName());
        }
        return into;
    }

    /** The value of an edge: the word, where edges are weighted. */
    final E value(InputLine line, int token) throws BspException {
        if (weighted && !WritableText.set(value, line.bytes(), tokens.start(token), tokens.end(token))) {
            throw line.bad("has a weight that is not one of " + value.getClass().getName() + ", or not finite");
        }
        return value;
    }
}
