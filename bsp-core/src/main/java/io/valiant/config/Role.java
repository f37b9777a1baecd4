package io.valiant.config;

/** Which process reads a key. */
public enum Role {
    MASTER,
    GROOM,
    CHILD,
    CLIENT
}
