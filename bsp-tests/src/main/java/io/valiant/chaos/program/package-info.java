/** Programs that children run in the process tests; they go to the cluster in a jar of their own, as a user's would. */
package io.valiant.chaos.program;
