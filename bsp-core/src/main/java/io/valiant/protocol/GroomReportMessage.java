package io.valiant.protocol;

import io.valiant.id.GroomId;
import java.util.List;
import java.util.Objects;

/**
 * Reports of one groom in the order they happened.
 *
 * @param groom its name
 * @param incarnation it has
 * @param epoch of the master it last obeyed
 * @param reports at least one
 */
public record GroomReportMessage(GroomId groom, long incarnation, long epoch, List<GroomReport> reports) {
    public GroomReportMessage {
        Objects.requireNonNull(groom, "groom");
        reports = List.copyOf(reports);
    }
}
