/** The nouns {@code conf} and {@code version}. */
package io.valiant.cli.conf;
