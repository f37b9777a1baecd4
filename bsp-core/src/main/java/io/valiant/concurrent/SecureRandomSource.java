package io.valiant.concurrent;

import java.security.SecureRandom;

/** The machine's randomness. Safe in any thread. */
public final class SecureRandomSource implements RandomSource {
    private final SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
