/** Tests of the whole system as a user has it, {@code bin/bsp}, real daemons, real child JVMs; and of what its parts say of each other. */
package io.valiant.system;
