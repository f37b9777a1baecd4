package io.valiant.simulator.planted;

import java.util.List;

/** What is done to the code of a method. None of them moves code, so the frames of the class stay right. */
sealed interface Edit {
    /** The body is replaced: it returns that constant; null for nothing. */
    record Returns(Object constant) implements Edit {}

    /** The body is replaced: it returns its n-th parameter, counted from 0. */
    record ReturnsParameter(int index) implements Edit {}

    /** The body is replaced by a call of that method of the same object, which takes no arguments and answers a list. */
    record CallsInstead(String own) implements Edit {}

    /** Before anything else it calls that method of the same object with its own arguments. */
    record CallsFirst(String own) implements Edit {}

    /** Calls of that method are not made: the constant stands for what they answer. */
    record Answers(String callee, Object constant) implements Edit {}

    /** Calls of that method go to one of {@link Hooks} instead, the callee's object first among the arguments. */
    record Redirects(String callee, String hook) implements Edit {}

    /**
     * The comparisons that follow a read or a call of that name find what is given here, one after the other: below 0 less,
     * 0 equal, above 0 greater, {@link #LEFT} what they would have found. Those after the last are left alone.
     */
    record Compares(String name, List<Integer> results) implements Edit {
        public Compares {
            results = List.copyOf(results);
        }
    }

    /** As it was. */
    int LEFT = Integer.MAX_VALUE;

    /** The first comparison that follows a read or a call of that name finds both sides equal. */
    static Edit equal(String name) {
        return new Compares(name, List.of(0));
    }

    /** Reads of that boolean or int field give that value. */
    record Reads(String field, int constant) implements Edit {}

    /** Writes of that field are not made. */
    record Keeps(String field) implements Edit {}

    /** It begins with one parameter put into the place of another; counted from 0, both of the same type. */
    record Mistakes(int into, int from) implements Edit {}
}
