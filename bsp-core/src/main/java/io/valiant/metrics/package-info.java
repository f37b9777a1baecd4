/** What daemons let others measure, as Prometheus text; names begin with {@code bsp_}. */
package io.valiant.metrics;
