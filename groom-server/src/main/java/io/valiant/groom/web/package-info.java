/**
 * The groom's page and metrics. Reads {@link io.valiant.groom.core.GroomSnapshot}s; never sees a live object. Pages are jte
 * templates under {@code src/main/jte}: everything they show is escaped.
 */
package io.valiant.groom.web;
