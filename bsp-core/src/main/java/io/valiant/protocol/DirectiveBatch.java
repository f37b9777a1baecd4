package io.valiant.protocol;

import java.util.List;

/**
 * Directives to one incarnation of a groom, numbered without gaps from {@code first}; numbers start at 1 with each epoch.
 *
 * @param epoch of the master
 * @param incarnation of the groom
 * @param first number of the first directive here
 * @param directives in order
 */
public record DirectiveBatch(long epoch, long incarnation, long first, List<Directive> directives) {
    public DirectiveBatch {
        directives = List.copyOf(directives);
    }
}
