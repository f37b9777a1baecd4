package io.valiant.graph.io;

/**
 * Reads lines of the plainest kind, many at once: numbers as {@link Digits} knows them, one blank or tab between. Each method
 * takes a run of bytes that ends with a line's end and returns where the first line begins that is of another kind, or the
 * run's end; so it is for others to read, or to refuse.
 */
final class PlainLines {
    /** Two numbers with what is between them may be looked at from a line's beginning on. */
    private static final int REACH = 2 * Digits.REACH + 8;

    private PlainLines() {}

    /** Lines with a vertex. */
    static int vertices(byte[] bytes, int from, int to, LongIdSet vertices) {
        int at = from;
        for (int last = Math.min(to, bytes.length - REACH); at < last; ) {
            long id = Digits.number(bytes, at);
            int end = at + Digits.length(id);
            end += bytes[end] == '\r' ? 1 : 0;
            if (id < 0 || bytes[end] != '\n') {
                return at;
            }
            vertices.add(Digits.value(id));
            at = end + 1;
        }
        return at;
    }

    /** Lines with an edge; a third word is its weight, if wanted, or passed over. */
    static int edges(byte[] bytes, int from, int to, LongIdSet ends, EdgeStage edges, boolean weighted) {
        int at = from;
        for (int last = Math.min(to, bytes.length - REACH); at < last; ) {
            long source = Digits.number(bytes, at);
            int i = at + Digits.length(source);
            if (source < 0 || !isBlank(bytes[i])) {
                return at;
            }
            long target = Digits.number(bytes, i + 1);
            if (target < 0) {
                return at;
            }
            i += 1 + Digits.length(target);
            double weight = 0;
            if (isBlank(bytes[i])) {
                int word = i + 1;
                i = wordEnd(bytes, word);
                weight = weighted ? weight(bytes, word, i) : 0;
                if (i == word || !Double.isFinite(weight)) {
                    return at;
                }
            } else if (weighted) {
                return at;
            }
            i += bytes[i] == '\r' ? 1 : 0;
            if (bytes[i] != '\n') {
                return at;
            }
            edges.add(ends.add(Digits.value(source)), ends.add(Digits.value(target)), weight);
            at = i + 1;
        }
        return at;
    }

    /** Lines with a vertex and its neighbours, without weights; a blank may be left over at the end. */
    static int adjacency(byte[] bytes, int from, int to, LongIdSet vertices, LongIdSet ends, EdgeStage edges) {
        int at = from;
        for (int last = Math.min(to, bytes.length - REACH); at < last; ) {
            long source = Digits.number(bytes, at);
            int end = at + Digits.length(source);
            if (source < 0 || !endsWord(bytes[end])) {
                return at;
            }
            long before = edges.size();
            int begin = at;
            at = neighbours(bytes, end, last, ends, ends.add(Digits.value(source)), edges);
            if (at < 0) {
                edges.takeBack(before);
                return begin;
            }
            vertices.add(Digits.value(source));
        }
        return at;
    }

    /** Reads the rest of a line and returns where the next begins, or below 0. */
    private static int neighbours(byte[] bytes, int from, int last, LongIdSet ends, int source, EdgeStage edges) {
        int i = from;
        while (bytes[i] != '\n') {
            if (!isBlank(bytes[i]) || i >= last) {
                return -1;
            }
            i++;
            if (bytes[i] == '\n') {
                break;
            }
            long target = Digits.number(bytes, i);
            i += Digits.length(target);
            // what only begins with digits is another id: none is to be added for its beginning
            if (target < 0 || !endsWord(bytes[i])) {
                return -1;
            }
            edges.add(source, ends.add(Digits.value(target)), 0);
        }
        return i + 1;
    }

    /** NaN for what is no number. */
    private static double weight(byte[] bytes, int from, int to) {
        try {
            return Decimals.parse(bytes, from, to);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static int wordEnd(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] != '\n' && bytes[i] != '\r' && !isBlank(bytes[i])) {
            i++;
        }
        return i;
    }

    private static boolean endsWord(byte b) {
        return isBlank(b) || b == '\n';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
