/** Messages as bytes: outgoing buffers, incoming ones, combining, spilling. No object, lock or look-up per message. */
package io.valiant.message;
