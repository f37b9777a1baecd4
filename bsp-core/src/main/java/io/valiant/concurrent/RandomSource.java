package io.valiant.concurrent;

/** Randomness as cores may know it: injected, seeded in simulations. */
public interface RandomSource {
    /** 64 random bits; unpredictable in daemons. */
    long nextLong();

    /** 128 random bits as 32 hexadecimal digits: tokens, secrets, tags. */
    default String hex128() {
        return hex(nextLong()) + hex(nextLong());
    }

    private static String hex(long bits) {
        String digits = Long.toHexString(bits);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
