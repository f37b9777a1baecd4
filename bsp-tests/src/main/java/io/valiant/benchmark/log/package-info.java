/** What runs left: a file of JSON lines that a later session goes on with. */
package io.valiant.benchmark.log;
