package io.valiant.examples;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Input;
import io.valiant.bsp.Peer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Text;

/**
 * Sorts lines by regular sampling (H. Shi and J. Schaeffer, Parallel sorting by regular sampling, 1992): every peer sorts its own,
 * tells all peers a sample of them, and all choose the same splitters; then every line goes to the peer in whose range it lies.
 * Lines are compared by the bytes of their UTF-8.
 *
 * <p>Output: the lines, in order within each part and from part to part.
 */
public final class SampleSort extends Bsp<Text> {
    @Override
    public void run(Peer<Text> peer) throws BspException {
        List<Text> own = read(peer.input());
        for (int i = 0; i < peer.count() && !own.isEmpty(); i++) {
            Text sample = own.get((int) ((long) own.size() * i / peer.count()));
            for (int to = 0; to < peer.count(); to++) {
                peer.send(to, sample);
            }
        }
        peer.sync();
        List<Text> splitters = splitters(peer);
        int to = 0;
        for (Text line : own) {
            while (to < splitters.size() && line.compareTo(splitters.get(to)) >= 0) {
                to++;
            }
            peer.send(to, line);
        }
        own.clear();
        peer.sync();
        for (Text line : received(peer)) {
            peer.output().writeLine(line.toString());
        }
    }

    private static List<Text> read(Input lines) throws BspException {
        List<Text> all = new ArrayList<>();
        while (lines.next()) {
            all.add(new Text(lines.text()));
        }
        all.sort(null);
        return all;
    }

    /** The messages as objects of their own, sorted. */
    private static List<Text> received(Peer<Text> peer) {
        List<Text> all = new ArrayList<>();
        for (Text message : peer.messages()) {
            all.add(new Text(message));
        }
        all.sort(null);
        return all;
    }

    /** Those that cut the sample into as many pieces as there are peers, as far as it reaches. */
    private static List<Text> splitters(Peer<Text> peer) {
        List<Text> samples = received(peer);
        List<Text> splitters = new ArrayList<>();
        for (int i = 1; i < peer.count() && !samples.isEmpty(); i++) {
            splitters.add(samples.get((int) ((long) samples.size() * i / peer.count())));
        }
        return splitters;
    }
}
