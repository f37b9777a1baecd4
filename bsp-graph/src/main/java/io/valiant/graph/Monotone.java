package io.valiant.graph;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises that the values of a vertex program only fall, so that the engine may leave out what cannot matter. The program
 * combines by {@link Combination#MIN}, and after superstep 0
 *
 * <ul>
 *   <li>a message that is not lower than the value changes nothing and makes the vertex send nothing;
 *   <li>a lower one becomes the value, and what the vertex then sends follows from the value alone, is not lower than it, and
 *       is not lower for a higher value;
 *   <li>on its way along an edge no message becomes lower, and a higher one stays the higher;
 *   <li>the vertex always votes to halt, and neither aggregates nor halts all.
 * </ul>
 *
 * <p>Messages that are not lower than the value of their target are then not delivered, and targets that have the lowest value
 * that can come are passed over; {@code alongEdge} may be asked about edges along which nothing was sent, and not about all
 * along which something was. The results are the same; where the promise does not hold they may be any.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Monotone {
    /**
     * Whether vertices are computed again within a superstep until nothing in their task falls any more, and only then tell
     * other tasks. That saves supersteps. It pays where a message costs nothing on its way, as a label does; where it grows, as
     * a distance does, vertices would run ahead with values that fall again. A program for which it is true asks for
     * {@link VertexContext#superstep} only whether it is 0, and is then told 0 for messages of superstep 0 as well. Means nothing in a job with {@link GraphSettings#ITERATIONS}.
     */
    boolean withinTask() default false;

    /**
     * Whether the same message is, along an edge, never lower than along one that weighs less: of any message that is sent and
     * any two weights of the graph. If the program also overrides {@code alongEdge}, edges to a vertex are then sorted by weight
     * while a graph with weights is loaded, and the search for what is lower than the vertex' value ends at the first along which
     * the lowest message of all would not be.
     */
    boolean growsWithWeight() default false;
}
