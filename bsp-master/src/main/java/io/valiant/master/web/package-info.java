/**
 * The master's pages, its HTTP API and its metrics. Reads {@link io.valiant.master.core.MasterSnapshot}s; never sees a live
 * object. Pages are jte templates under {@code src/main/jte}: everything they show is escaped.
 */
package io.valiant.master.web;
