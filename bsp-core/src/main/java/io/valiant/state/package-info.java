/** Life cycles as tables: which state may follow which. */
package io.valiant.state;
