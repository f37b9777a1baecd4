package io.valiant.architecture.planted.strange;

/** In a package without a row. */
public final class Stray {}
