/** Single-writer cores and the loops that run them. */
package io.valiant.concurrent;
