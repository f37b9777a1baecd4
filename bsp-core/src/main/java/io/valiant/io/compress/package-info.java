/**
 * Compressed streams, recognised by their first bytes: {@link io.valiant.io.compress.Compression}. What the data are to blame
 * for is told apart from what the stream beneath met.
 */
package io.valiant.io.compress;
