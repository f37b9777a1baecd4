/**
 * The child: {@link io.valiant.task.ChildCore} decides (attach, links, generation, barrier, end), the rest carries out.
 * Programs of upper modules come in by {@link io.valiant.task.ProgramFactory}.
 */
package io.valiant.task;
