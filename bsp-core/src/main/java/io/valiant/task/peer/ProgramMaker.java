package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Makes programs of a user's classes, with errors that say what is wrong with the class. */
final class ProgramMaker {
    private ProgramMaker() {}

    static <T> T make(Class<?> program, Class<T> base) throws BspException {
        if (!base.isAssignableFrom(program)) {
            throw BspException.user("%s does not extend %s", program.getName(), base.getSimpleName());
        }
        try {
            Constructor<?> constructor = program.getDeclaredConstructor();
            constructor.setAccessible(true);
            return base.cast(constructor.newInstance());
        } catch (NoSuchMethodException e) {
            throw new BspException(
                    BspException.Kind.USER, program.getName() + " has no constructor without arguments", e);
        } catch (InvocationTargetException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the constructor of " + program.getName() + " threw " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new BspException(BspException.Kind.USER, program.getName() + " cannot be made: " + e, e);
        }
    }
}
