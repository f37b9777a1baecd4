/**
 * All peers of a job in this JVM: {@link io.valiant.local.LocalSubmitter} runs them with the child's own core, peer, output
 * and commit over an in-memory transport. {@link io.valiant.local.JobSpecs} checks a job before it is submitted anywhere.
 */
package io.valiant.local;
