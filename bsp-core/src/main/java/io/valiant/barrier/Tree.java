package io.valiant.barrier;

/**
 * Who tells whom at a barrier of many peers: peer 0 is the root, the children of peer {@code i} are the {@code fanOut} peers
 * from {@code fanOut * i + 1} on. What all peers say passes each connection of the tree once each way. Seen from one peer the
 * others lie on sides: those of its children, numbered from 0, and that of its parent, the last. Pure.
 */
final class Tree {
    /** The side of the peer itself. */
    static final int OWN = -1;

    private final int self;

    /** The peers next to this one: its children, then its parent if it has one. */
    private final int[] neighbours;

    /** On which side each peer lies. */
    private final int[] sides;

    /** How many lie on each. */
    private final int[] sizes;

    Tree(int self, int count, int fanOut) {
        this.self = self;
        long firstChild = (long) fanOut * self + 1;
        int children = (int) Math.max(0, Math.min(fanOut, count - firstChild));
        int parents = self == 0 ? 0 : 1;
        neighbours = new int[children + parents];
        for (int child = 0; child < children; child++) {
            neighbours[child] = (int) firstChild + child;
        }
        if (parents > 0) {
            neighbours[children] = parent(self, fanOut);
        }
        sides = new int[count];
        sizes = new int[neighbours.length];
        for (int peer = 0; peer < count; peer++) {
            sides[peer] = side(peer, fanOut, children);
            if (sides[peer] != OWN) {
                sizes[sides[peer]]++;
            }
        }
    }

    private static int parent(int peer, int fanOut) {
        return (peer - 1) / fanOut;
    }

    private int side(int peer, int fanOut, int children) {
        if (peer == self) {
            return OWN;
        }
        // a child has a higher number than its parent: who comes from below passes this peer or never was below it
        int below = peer;
        while (below > self) {
            int above = parent(below, fanOut);
            if (above == self) {
                return below - neighbours[0];
            }
            below = above;
        }
        return children;
    }

    /** How many sides there are. */
    int sides() {
        return neighbours.length;
    }

    /** Who is next to this peer on that side. */
    int neighbour(int side) {
        return neighbours[side];
    }

    /** On which side a peer lies; {@link #OWN} for this one. */
    int side(int peer) {
        return sides[peer];
    }

    /** How many peers lie on that side. */
    int size(int side) {
        return sizes[side];
    }
}
