/** Example programs, one file each. */
package io.valiant.examples;
