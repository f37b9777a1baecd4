/**
 * A cluster of real daemons as the process tests use it: started, asked and hurt only from outside, by {@code bin/*},
 * signals, files and networks. Used by the thread of the run; commands may run beside it.
 */
package io.valiant.chaos.cluster;
