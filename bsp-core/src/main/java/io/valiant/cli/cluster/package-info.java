/**
 * The noun {@code cluster}: a whole cluster of real daemons on this machine, all of it under one folder. {@link
 * io.valiant.cli.cluster.LocalCluster} starts and stops it by the same scripts that an operator uses.
 */
package io.valiant.cli.cluster;
