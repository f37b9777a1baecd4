/** A job on its way: the options that every submitting verb has, the wait for the end, the results. */
package io.valiant.cli.submit;
