/** Measurements that anyone can repeat: small mains, each printing one line of JSON. */
package io.valiant.benchmark;
