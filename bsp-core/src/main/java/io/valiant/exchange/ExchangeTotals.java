package io.valiant.exchange;

/** Since the start of the attempt. */
public record ExchangeTotals(long messagesSent, long bytesSent, long spilledBytes, long framesRefused) {}
