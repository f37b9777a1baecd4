/**
 * The master's side of the Hadoop IPC protocols: translates calls into {@link io.valiant.master.rpc.MasterCalls} and answers
 * them later. Handler threads never wait for the core.
 */
package io.valiant.master.rpc;
