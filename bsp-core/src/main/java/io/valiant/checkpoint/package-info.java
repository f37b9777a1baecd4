/**
 * One task's part of a checkpoint, and the manifest of a whole one: named sections in checked blocks. Written and read by
 * the program's thread; the manifest by a worker of the master.
 */
package io.valiant.checkpoint;
