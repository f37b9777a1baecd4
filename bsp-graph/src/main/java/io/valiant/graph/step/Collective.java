package io.valiant.graph.step;

import io.valiant.bsp.BspException;
import io.valiant.exchange.BarrierResult;
import io.valiant.exchange.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Small all-reduces of whole numbers, for loading. */
public final class Collective {
    private final Exchange exchange;

    public Collective(Exchange exchange) {
        this.exchange = exchange;
    }

    /** A barrier at which every task tells some numbers: {@code result[task][i]}. All tell as many. */
    public long[][] share(long... mine) throws BspException {
        ByteBuffer contribution = ByteBuffer.allocate(mine.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : mine) {
            contribution.putLong(value);
        }
        BarrierResult result = exchange.sync(false, contribution.flip());
        long[][] all = new long[exchange.count()][mine.length];
        for (int task = 0; task < all.length; task++) {
            ByteBuffer part = result.contribution(task).duplicate().order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < mine.length; i++) {
                all[task][i] = part.getLong();
            }
        }
        return all;
    }

    /** As {@link #share}, added up. */
    public long[] sum(long... mine) throws BspException {
        long[] sums = new long[mine.length];
        for (long[] part : share(mine)) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += part[i];
            }
        }
        return sums;
    }

    /** What a failed read or write of messages means. */
    public static BspException broken(IOException e) {
        if (e.getCause() instanceof BspException cause) {
            return cause;
        }
        return new BspException(BspException.Kind.RETRIABLE, "exchanging messages failed: " + e.getMessage(), e);
    }
}
