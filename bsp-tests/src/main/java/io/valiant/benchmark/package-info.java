/** {@code bin/benchmark}: measurements that anyone can repeat, of our system and of others beside it. */
package io.valiant.benchmark;
