/**
 * What {@code MasterCore} is made of, seen from outside: {@link io.valiant.master.core.MasterEvent}s it
 * takes, {@link io.valiant.master.core.MasterRecord}s to store, {@link io.valiant.master.core.MasterEffect}s to carry out
 * once they are stored, and the {@link io.valiant.master.core.MasterSnapshot} that others read. Values only; what decides
 * lies in the packages named after their nouns.
 */
package io.valiant.master.core;
