/** Breaches of every rule, for the rules to find. Nothing uses these classes. */
package io.valiant.architecture.planted;
