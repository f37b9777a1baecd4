package io.valiant.config;

import java.util.List;
import java.util.Objects;

/**
 * One key of the configuration.
 *
 * @param <T> the class of its values
 * @param name such as {@code bsp.groom.expiry}
 * @param type how its values are written, and their range
 * @param defaultText the value where none is given, as it would be written; null where there is none: {@link
 *     #defaultMeaning} says what holds then
 * @param defaultMeaning how the default comes about, for people; the same as {@code defaultText} for a plain value
 * @param meaning one line
 * @param roles the processes that read it
 * @param perJob whether a job may bring its own value
 */
public record Key<T>(
        String name,
        KeyType<T> type,
        String defaultText,
        String defaultMeaning,
        String meaning,
        List<Role> roles,
        boolean perJob) {
    public Key {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(defaultMeaning, "defaultMeaning");
        Objects.requireNonNull(meaning, "meaning");
        roles = List.copyOf(roles);
    }

    static <T> Key<T> of(String name, KeyType<T> type, String defaultText, String meaning, Role... roles) {
        return new Key<>(
                name, type, defaultText, defaultText == null ? "" : defaultText, meaning, List.of(roles), false);
    }

    /** The same key with a default that follows from something else. */
    Key<T> otherwise(String howDefaultComesAbout) {
        return new Key<>(name, type, defaultText, howDefaultComesAbout, meaning, roles, perJob);
    }

    /** The same key, open to jobs. */
    Key<T> forJobs() {
        return new Key<>(name, type, defaultText, defaultMeaning, meaning, roles, true);
    }

    @Override
    public String toString() {
        return name;
    }
}
