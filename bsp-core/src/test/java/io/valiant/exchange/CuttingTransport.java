package io.valiant.exchange;

import io.valiant.transport.ByteStream;
import io.valiant.transport.Transport;
import io.valiant.transport.WrappedTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Cuts each connection after a random number of bytes, in the middle of whatever is on the way. */
final class CuttingTransport extends WrappedTransport {
    private final SplittableRandom random;
    private final int meanBytes;
    private int cuts;

    CuttingTransport(Transport transport, long seed, int meanBytes) {
        super(transport);
        this.random = new SplittableRandom(seed);
        this.meanBytes = meanBytes;
    }

    /** How many connections were cut. */
    int cuts() {
        return cuts;
    }

    @Override
    protected ByteStream wrap(ByteStream stream) {
        return new Cut(stream);
    }

    private final class Cut extends Wrapped {
        private int left = 1 + random.nextInt(2 * meanBytes);

        Cut(ByteStream stream) {
            super(stream);
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left <= 0) {
                cuts++;
                stream.close();
                throw new IOException("cut");
            }
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int limit = into.limit();
            into.limit(Math.min(limit, into.position() + Math.max(1, left)));
            int count;
            try {
                count = stream.read(into);
            } finally {
                into.limit(limit);
            }
            count(Math.max(count, 0));
            return count;
        }

        @Override
        public void write(ByteBuffer[] frames, int count) throws IOException {
            for (int i = 0; i < count; i++) {
                ByteBuffer frame = frames[i];
                int limit = frame.limit();
                int position = frame.position();
                frame.limit(Math.min(limit, position + Math.max(1, left)));
                try {
                    stream.write(new ByteBuffer[] {frame}, 1);
                } finally {
                    frame.limit(limit);
                }
                count(frame.position() - position);
                if (frame.hasRemaining()) {
                    break;
                }
            }
        }
    }
}
