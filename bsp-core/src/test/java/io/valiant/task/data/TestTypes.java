package io.valiant.task.data;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/** Classes of the class path. */
final class TestTypes implements Types {
    @Override
    public <T> Class<? extends T> load(String name, Class<T> extended, String what) throws BspException {
        try {
            return Class.forName(name).asSubclass(extended);
        } catch (ClassNotFoundException e) {
            throw new BspException(BspException.Kind.USER, name, e);
        }
    }

    @Override
    public <T> T make(Class<T> type) throws BspException {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new BspException(BspException.Kind.USER, type.getName(), e);
        }
    }

    @Override
    public Class<? extends Writable> argument(Class<?> type, Class<?> extended, int parameter, String what) {
        throw new UnsupportedOperationException();
    }
}
