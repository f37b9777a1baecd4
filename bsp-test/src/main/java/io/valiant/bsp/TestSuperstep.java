package io.valiant.bsp;

/**
 * A superstep that has ended.
 *
 * @param superstep its number, from 0, as the program itself counts; of graph jobs those of loading count too
 * @param generation that computed it: 1 unless the job was rolled back to it or before it
 * @param messages sent by all peers; of graph programs as the engine counts them
 * @param bytes of all that was sent, without framing
 */
public record TestSuperstep(long superstep, long generation, long messages, long bytes) {}
