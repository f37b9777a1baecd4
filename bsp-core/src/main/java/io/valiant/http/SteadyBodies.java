package io.valiant.http;

import io.valiant.time.Clock;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Ends the reading of bodies that come too slowly, see {@link BodyRate}, with {@link SlowBody}. A thread of the server waits for
 * each body, and only few uploads are taken at a time: some clients that send a byte now and then would keep all others out.
 * What sends nothing at all is ended by the idle time of its connection.
 */
final class SteadyBodies extends Handler.Wrapper {
    private final Clock clock;

    SteadyBodies(Handler next, Clock clock) {
        super(next);
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Metered(request), response, callback);
    }

    /** Jetty lets one thread at a time read a request, and each see what the one before did. */
    private final class Metered extends Request.Wrapper {
        private final BodyRate rate = new BodyRate();
        private Content.Chunk refusal;

        Metered(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            if (refusal != null) {
                return refusal;
            }
            Content.Chunk chunk = super.read();
            if (chunk == null) {
                rate.waits(clock.nanoTime());
            } else if (!Content.Chunk.isFailure(chunk)
                    && !rate.came(chunk.remaining(), clock.nanoTime())
                    && !chunk.isLast()) {
                chunk.release();
                refusal = Content.Chunk.from(new SlowBody(), true);
                return refusal;
            }
            return chunk;
        }
    }
}
