package io.valiant.exchange;

import io.valiant.wire.RefusedFrames;

/** Since the start of the attempt. */
public record ExchangeTotals(long messagesSent, long bytesSent, long spilledBytes, RefusedFrames refused) {}
