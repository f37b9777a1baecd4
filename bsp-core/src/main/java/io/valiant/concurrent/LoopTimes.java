package io.valiant.concurrent;

/** Is told how long a {@link CoreLoop} takes; by its threads, so it must be quick and must not block. */
public interface LoopTimes {
    /** Takes nothing. */
    LoopTimes NONE = new LoopTimes() {
        @Override
        public void event(long ns) {}

        @Override
        public void batch(long ns) {}
    };

    /** The core has handled an event. */
    void event(long ns);

    /** A batch of records is stored. */
    void batch(long ns);
}
