/** The groom's view of its machine: {@link io.valiant.groom.node.NodeManager} reads it, {@link DiskCheck} tries the disk. */
package io.valiant.groom.node;
