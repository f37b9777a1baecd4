package io.valiant.config;

import java.util.Collection;

/** Finds the word that was probably meant. */
final class Spelling {
    private static final int FARTHEST = 4;

    private Spelling() {}

    /** {@code "; did you mean x?"} for the nearest known word, or nothing where none is near. */
    static String hint(String word, Collection<String> known) {
        String nearest = null;
        int least = FARTHEST + 1;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    /** Letters to insert, remove or replace to make one word of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
