/**
 * The shell of a daemon's web server: {@link io.valiant.http.WebServer} on Jetty, answers in {@link io.valiant.http.Replies}.
 * What is shown is the daemons' own, in their web packages. Request threads read snapshots and never wait for a core.
 */
package io.valiant.http;
