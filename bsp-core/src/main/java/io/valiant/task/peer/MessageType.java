package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.io.Writable;

/**
 * A class of Writables as a program names it by its type arguments, and how to make one.
 *
 * @param <W> the class
 */
public final class MessageType<W extends Writable> {
    private final Class<W> type;
    private final Constructor<W> constructor;

    private MessageType(Class<W> type, Constructor<W> constructor) {
        this.type = type;
        this.constructor = constructor;
    }

    /**
     * The class that a program gives for a type parameter of what it extends.
     *
     * @param named a class name that goes before the type argument, or null
     * @param what such as {@code message}, for errors
     */
    public static MessageType<Writable> of(
            Class<?> program, Class<?> extended, int parameter, String named, String what) throws BspException {
        Class<?> found = named != null ? load(program, named, what) : argument(program, extended, parameter);
        if (found == null) {
            throw BspException.user(
                    "the %s class of %s cannot be told from its type arguments; name it%s",
                    what, program.getName(), what.equals("message") ? " with BspJob.messageClass" : "");
        }
        if (!Writable.class.isAssignableFrom(found)) {
            throw BspException.user("the %s class %s is not a Writable", what, found.getName());
        }
        return of(found, what);
    }

    @SuppressWarnings("unchecked")
    private static MessageType<Writable> of(Class<?> found, String what) throws BspException {
        try {
            Constructor<Writable> constructor = (Constructor<Writable>) found.getDeclaredConstructor();
            constructor.setAccessible(true);
            MessageType<Writable> type = new MessageType<>((Class<Writable>) found, constructor);
            type.make();
            return type;
        } catch (NoSuchMethodException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the " + what + " class " + found.getName() + " has no constructor without arguments",
                    e);
        }
    }

    private static Class<?> load(Class<?> program, String name, String what) throws BspException {
        try {
            return Class.forName(name, true, program.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new BspException(
                    BspException.Kind.USER, "the " + what + " class " + name + " cannot be loaded: " + e, e);
        }
    }

    /** The class that stands for a type parameter of a superclass, or null. */
    static Class<?> argument(Class<?> program, Class<?> extended, int parameter) {
        Map<String, Type> bound = new TreeMap<>();
        for (Class<?> type = program; type != null && type != extended; type = type.getSuperclass()) {
            Type above = type.getGenericSuperclass();
            Map<String, Type> outer = new TreeMap<>();
            if (above instanceof ParameterizedType generic) {
                TypeVariable<?>[] variables = type.getSuperclass().getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    outer.put(variables[i].getName(), resolved(generic.getActualTypeArguments()[i], bound));
                }
            }
            bound = outer;
        }
        Type found = bound.get(extended.getTypeParameters()[parameter].getName());
        if (found instanceof ParameterizedType generic) {
            found = generic.getRawType();
        }
        return found instanceof Class<?> type ? type : null;
    }

    private static Type resolved(Type type, Map<String, Type> bound) {
        return type instanceof TypeVariable<?> variable ? bound.getOrDefault(variable.getName(), type) : type;
    }

    public Class<W> type() {
        return type;
    }

    public boolean is(Class<?> other) {
        return type == other;
    }

    /** A new one. */
    public W make() throws BspException {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the constructor of " + type.getName() + " threw " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new BspException(BspException.Kind.USER, type.getName() + " cannot be made: " + e, e);
        }
    }
}
