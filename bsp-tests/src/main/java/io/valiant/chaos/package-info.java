/**
 * Real daemons under faults: {@code bin/chaos} runs the {@link io.valiant.chaos.catalogue.Catalogue}, one run after
 * another, and keeps a log from which it goes on. Entry: {@link io.valiant.chaos.ChaosMain}.
 */
package io.valiant.chaos;
