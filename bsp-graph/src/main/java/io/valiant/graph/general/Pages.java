package io.valiant.graph.general;

import io.valiant.graph.io.Growth;
import java.util.Arrays;

/**
 * Pieces of bytes, each in one array: pages of the same size, longer pieces with a page of their own. A piece's address is the
 * number of its page and its place there.
 */
final class Pages {
    private static final int PAGE_BYTES = 1 << 18;

    private byte[][] pages = new byte[4][];
    private int count;

    /** Bytes taken of the page that is filled now; the last unless that is a long piece's own. */
    private int filled = PAGE_BYTES;

    private int open;

    /** Room for a piece of that many bytes. */
    long reserve(int bytes) {
        if (bytes > PAGE_BYTES) {
            return (long) append(new byte[bytes]) << 32;
        }
        // a piece of no bytes lies in an array, too
        if (count == 0 || bytes > PAGE_BYTES - filled) {
            open = append(new byte[PAGE_BYTES]);
            filled = 0;
        }
        long address = (long) open << 32 | filled;
        filled += bytes;
        return address;
    }

    private int append(byte[] page) {
        if (count == pages.length) {
            pages = Arrays.copyOf(pages, Growth.next(count));
        }
        pages[count] = page;
        return count++;
    }

    /** The array that a piece lies in. */
    byte[] page(long address) {
        return pages[(int) (address >>> 32)];
    }

    /** Where in its array a piece begins. */
    static int offset(long address) {
        return (int) address;
    }

    /** Lets all pieces go. The first page stays for the next ones. */
    void clear() {
        boolean keeps = count > 0 && pages[0].length == PAGE_BYTES;
        Arrays.fill(pages, keeps ? 1 : 0, count, null);
        count = keeps ? 1 : 0;
        open = 0;
        filled = keeps ? 0 : PAGE_BYTES;
    }
}
