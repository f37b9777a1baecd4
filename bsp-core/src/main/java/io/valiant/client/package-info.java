/**
 * The submitter's side: {@link io.valiant.client.ClusterClient} talks to a cluster's master, {@link
 * io.valiant.client.ClientCore} decides what is said again and when to give up, {@link io.valiant.client.ClusterSubmitter}
 * carries out {@code BspJob.submit()}. The core is stepped by one thread of the client; callers wait for futures.
 */
package io.valiant.client;
