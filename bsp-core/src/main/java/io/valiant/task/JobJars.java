package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Brings a job's jars to where they can be loaded from: local ones stay where they are, others are copied. */
public final class JobJars {
    private JobJars() {}

    /**
     * Makes the loader of a job.
     *
     * @param jars URIs; none for a program that the system brings itself
     * @param folder for copies, made when needed
     */
    public static JobClassLoader loader(List<String> jars, FileStores stores, Path folder) throws BspException {
        List<URL> urls = new ArrayList<>();
        for (String jar : jars) {
            Path local = FileStores.isLocal(jar) ? FileStores.local(jar) : copy(jar, stores, folder, urls.size());
            if (!Files.isReadable(local)) {
                throw BspException.user("the jar %s does not exist or cannot be read", jar);
            }
            try {
                urls.add(local.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new BspException(BspException.Kind.USER, "the jar " + jar + " has no usable name", e);
            }
        }
        return new JobClassLoader(urls, JobJars.class.getClassLoader());
    }

    private static Path copy(String jar, FileStores stores, Path folder, int number) throws BspException {
        FileStore store = stores.of(jar);
        Path target = folder.resolve(number + "-" + jar.substring(jar.lastIndexOf('/') + 1));
        try (InputStream in = store.open(jar, 0)) {
            Files.createDirectories(folder);
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException("cannot copy the jar " + jar + " to " + target + ": " + e.getMessage(), e);
        }
        return target;
    }
}
