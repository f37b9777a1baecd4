/**
 * Configuration: {@link io.valiant.config.Keys} lists every key, {@link io.valiant.config.BspConfiguration} holds checked
 * values, {@link io.valiant.config.SiteFile} reads and writes {@code conf/bsp-site.xml}. All is read once at start, checked
 * together, and handed down as immutable values. Only {@code SiteFile} touches Hadoop classes, so a child may use the rest.
 */
package io.valiant.config;
