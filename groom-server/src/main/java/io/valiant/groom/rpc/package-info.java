/**
 * What the groom says to masters and what masters say to it. Calls come and go in threads of others; they reach the core
 * as events and are answered by its effects.
 */
package io.valiant.groom.rpc;
