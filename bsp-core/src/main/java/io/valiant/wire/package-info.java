/** The bytes on the links: the layout of a frame, in one class, and nothing else. Any thread; no state. */
package io.valiant.wire;
