package io.valiant.bsp;

/** Carries out {@link BspJob#submit()}; found by ServiceLoader, so that programs import this package alone. */
public interface JobSubmitter {
    /** {@code cluster} or {@code local}. */
    String place();

    /** Submits the job and returns once it is acknowledged, that is stored. */
    JobHandle submit(BspJob job) throws BspException;
}
