package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.task.data.Types;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.apache.hadoop.io.Writable;

/** Classes that a job names, by its program's loader. */
final class ProgramTypes implements Types {
    private final ClassLoader loader;

    ProgramTypes(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public <T> Class<? extends T> load(String name, Class<T> extended, String what) throws BspException {
        Class<?> found;
        try {
            found = Class.forName(name, true, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new BspException(BspException.Kind.USER, what + " " + name + " cannot be loaded: " + e, e);
        }
        if (!extended.isAssignableFrom(found)) {
            throw BspException.user("%s %s is no %s", what, name, extended.getSimpleName());
        }
        return found.asSubclass(extended);
    }

    @Override
    public <T> T make(Class<T> type) throws BspException {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw new BspException(BspException.Kind.USER, type.getName() + " has no constructor without arguments", e);
        } catch (InvocationTargetException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the constructor of " + type.getName() + " threw " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new BspException(BspException.Kind.USER, type.getName() + " cannot be made: " + e, e);
        }
    }

    @Override
    public Class<? extends Writable> argument(Class<?> type, Class<?> extended, int parameter, String what)
            throws BspException {
        Class<?> found = MessageType.argument(type, extended, parameter);
        if (found == null || !Writable.class.isAssignableFrom(found)) {
            throw BspException.user(
                    "the %s class of %s cannot be told from its type arguments: they have to be classes of Writables",
                    what, type.getName());
        }
        return found.asSubclass(Writable.class);
    }
}
