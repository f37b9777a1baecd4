package io.valiant.protocol.ipc;

/** Is told how long calls took from their arrival to their answer; by any thread, so it must be quick and must not block. */
@FunctionalInterface
public interface CallTimes {
    /** A call was answered, or refused. */
    void call(String method, long ns);
}
