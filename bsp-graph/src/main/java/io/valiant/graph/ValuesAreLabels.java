package io.valiant.graph;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link LongVertexProgram} whose values are labels of vertices, see {@link VertexContext#label()}: the output names the
 * vertices themselves. Whole numbers and texts as ids make no difference to such a program.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ValuesAreLabels {}
