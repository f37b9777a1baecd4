/** Tests of the whole system as a user has it: {@code bin/bsp}, real daemons, real child JVMs. */
package io.valiant.system;
