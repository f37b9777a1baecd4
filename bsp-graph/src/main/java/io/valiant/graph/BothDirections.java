package io.valiant.graph;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A vertex program for which the direction of edges plays no part: in a directed graph too the neighbours of a vertex are
 * those that it has an edge to and those that have an edge to it (twice where there are both).
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface BothDirections {}
