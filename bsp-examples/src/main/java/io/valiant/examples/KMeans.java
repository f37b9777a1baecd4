package io.valiant.examples;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Input;
import io.valiant.bsp.Next;
import io.valiant.bsp.Peer;
import io.valiant.bsp.SuperstepProgram;

/**
 * k-means by Lloyd's algorithm (S. Lloyd, Least squares quantization in PCM, 1982). Input: a point a line, its coordinates with
 * blanks, tabs or commas between. The first k points are the first centres; in each superstep every peer adds up its points by
 * their nearest centre and tells all peers, so that all move the centres alike. It ends when no centre moves farther than
 * {@value #TOLERANCE}, or after {@value #ITERATIONS} moves.
 *
 * <p>Output: {@code cluster<TAB>points x y …}, a line for each centre.
 */
public final class KMeans extends SuperstepProgram<Doubles, Doubles> {
    /** Setting: how many clusters, at least 1; 3 unless told. */
    public static final String K = "kmeans.k";

    /** Setting: how often centres move at most; 100 unless told. */
    public static final String ITERATIONS = "kmeans.iterations";

    /** Setting: a move that is not longer counts as none; 1e-9 unless told. */
    public static final String TOLERANCE = "kmeans.tolerance";

    /** The state is a row for each cluster: how many points it has, then its centre. Sums are sent in the same form. */
    @Override
    public Next superstep(Doubles clusters, Peer<Doubles> peer) throws BspException {
        int k = peer.settings().getInt(K, 3);
        if (peer.superstep() == 0) {
            Input points = peer.input();
            for (int i = 0; i < k && points.next(); i++) {
                sendToAll(peer, Doubles.of(points, 1));
            }
            return Next.CONTINUE;
        }
        boolean moved = true;
        if (peer.superstep() == 1) {
            clusters.set(firstPoints(peer, k));
        } else {
            double tolerance = peer.settings().getDouble(TOLERANCE, 1e-9);
            moved = move(clusters.values(), k, peer) > tolerance * tolerance;
        }
        if (!moved || peer.superstep() > peer.settings().getLong(ITERATIONS, 100)) {
            return Next.HALT;
        }
        sendToAll(peer, sums(peer.input(), clusters.values(), k));
        return Next.CONTINUE;
    }

    private static void sendToAll(Peer<Doubles> peer, double[] values) throws BspException {
        for (int to = 0; to < peer.count(); to++) {
            peer.send(to, new Doubles(values));
        }
    }

    /** Messages come by sender, whose share of the input is in front of that of the next: these are the first k points of all. */
    private static double[] firstPoints(Peer<Doubles> peer, int k) throws BspException {
        if (k < 1 || peer.messages().count() < k) {
            throw BspException.user("k-means of %d clusters needs at least so many points, and one", k);
        }
        double[] clusters = null;
        int width = 0;
        for (int row = 0; row < k; row++) {
            double[] point = peer.messages().next().values();
            if (row == 0) {
                width = point.length + 1;
                clusters = new double[k * width];
            }
            checkWidth(point, width);
            System.arraycopy(point, 0, clusters, row * width + 1, point.length);
        }
        return clusters;
    }

    private static void checkWidth(double[] point, int width) throws BspException {
        if (point.length != width - 1) {
            throw BspException.user("a point has %d coordinates, the first one has %d", point.length, width - 1);
        }
    }

    /** This peer's points, added up by their nearest centre; of two as near, the first. */
    private static double[] sums(Input points, double[] clusters, int k) throws BspException {
        int width = clusters.length / k;
        double[] sums = new double[clusters.length];
        points.reopen();
        while (points.next()) {
            double[] point = Doubles.of(points, 1);
            checkWidth(point, width);
            int row = nearest(point, clusters, width);
            sums[row]++;
            for (int i = 0; i < point.length; i++) {
                sums[row + 1 + i] += point[i];
            }
        }
        return sums;
    }

    /** Where the row of the nearest centre begins. */
    private static int nearest(double[] point, double[] clusters, int width) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int row = 0; row < clusters.length; row += width) {
            double distance = 0;
            for (int i = 0; i < point.length; i++) {
                double difference = point[i] - clusters[row + 1 + i];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                nearest = row;
            }
        }
        return nearest;
    }

    /** Moves centres to the means of their points; one without points stays. The square of the longest move. */
    private static double move(double[] clusters, int k, Peer<Doubles> peer) {
        Doubles all = new Doubles();
        for (Doubles sums : peer.messages()) {
            all.add(sums);
        }
        int width = clusters.length / k;
        double longest = 0;
        for (int row = 0; row < clusters.length; row += width) {
            double points = all.values()[row];
            clusters[row] = points;
            double move = 0;
            for (int i = row + 1; points > 0 && i < row + width; i++) {
                double mean = all.values()[i] / points;
                move += (mean - clusters[i]) * (mean - clusters[i]);
                clusters[i] = mean;
            }
            longest = Math.max(longest, move);
        }
        return longest;
    }

    @Override
    public void finish(Doubles clusters, Peer<Doubles> peer) throws BspException {
        if (peer.index() != 0) {
            return;
        }
        int k = peer.settings().getInt(K, 3);
        int width = clusters.values().length / k;
        for (int cluster = 0; cluster < k; cluster++) {
            StringBuilder line = new StringBuilder();
            line.append((long) clusters.values()[cluster * width]);
            for (int i = 1; i < width; i++) {
                line.append(' ').append(clusters.values()[cluster * width + i]);
            }
            peer.output().write(cluster, line);
        }
    }
}
