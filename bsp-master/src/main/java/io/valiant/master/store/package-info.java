/**
 * What the master must not forget, as rows in an embedded SQLite database. {@link io.valiant.master.store.SqliteStore} is
 * used by one thread at a time: the leadership's while it loads, then its store thread.
 */
package io.valiant.master.store;
