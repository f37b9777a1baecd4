/**
 * The engine under {@link io.valiant.graph.VertexProgram}: any Writables, several messages for a vertex, a graph that changes.
 *
 * <p>Ids, values and edges lie as bytes in arrays and pages ({@link io.valiant.graph.general.VertexStore}); what a program is
 * given are cursors and a few objects that are filled again and again. What is sent goes at once into the exchange's buffers
 * ({@link io.valiant.graph.general.Outbox}), what has come lies as bytes by slot, in memory or in files
 * ({@link io.valiant.graph.general.Mail}). Everything here is used by the program's thread. Entry:
 * {@link io.valiant.graph.general.GeneralPrograms}.
 */
package io.valiant.graph.general;
