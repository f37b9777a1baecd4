/** Files of any kind: splits, lines, parts, COMMIT. Local files go without Hadoop; everything else by its FileSystem. */
package io.valiant.io;
