/** Tests on a real HDFS: a mini cluster in a JVM of its own ({@code src/hdfs}), whose class path is resolved apart from ours. */
package io.valiant.hdfs;
