package io.valiant.simulator.planted;

/**
 * One change of a bug.
 *
 * @param type the class, without {@code io.valiant.}
 * @param method its name; all of that name in which the edit finds something to do
 */
record Change(String type, String method, Edit edit) {
    static final String ROOT = "io.valiant.";

    String className() {
        return ROOT + type;
    }

    @Override
    public String toString() {
        return type.substring(type.lastIndexOf('.') + 1) + "." + method + ": " + edit;
    }
}
