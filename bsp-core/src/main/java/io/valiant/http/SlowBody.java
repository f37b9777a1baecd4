package io.valiant.http;

import java.io.IOException;

/** The client sends what it wants to send so slowly that it would only hold a thread. */
final class SlowBody extends IOException {
    private static final long serialVersionUID = 1L;

    SlowBody() {
        super("less than " + BodyRate.LEAST_BYTES + " bytes came in " + BodyRate.WINDOW_NS / 1_000_000_000
                + " s of waiting");
    }
}
