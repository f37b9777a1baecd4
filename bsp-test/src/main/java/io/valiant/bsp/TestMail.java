package io.valiant.bsp;

import java.nio.ByteBuffer;

/**
 * A frame on its way.
 *
 * @param sender index
 * @param superstep that it belongs to, or that ends with it
 * @param isArrival whether it tells of the sender's arrival at the barrier
 * @param frame ready to be read
 */
record TestMail(int sender, long superstep, boolean isArrival, ByteBuffer frame) {}
