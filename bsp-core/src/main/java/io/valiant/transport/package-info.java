/**
 * Links between peers. {@link io.valiant.transport.LinkSession} is what a link is, whatever carries it: a state machine
 * without sockets, clocks or threads, which TCP, the in-memory rings of local mode and the simulator all drive. Each link
 * has one owner at a time (the program's thread inside a barrier, else the I/O thread); nothing here is locked.
 */
package io.valiant.transport;
