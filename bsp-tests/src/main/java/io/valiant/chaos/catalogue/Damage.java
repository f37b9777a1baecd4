package io.valiant.chaos.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What can happen to the files of a checkpoint. */
enum Damage {
    /** A bit is another. */
    FLIP,
    /** The end of a file is gone. */
    TRUNCATE,
    /** A file is gone. */
    DELETE,
    /** Two tasks' parts are in each other's place. */
    EXCHANGE,
    /** A part is another job's. */
    FOREIGN;

    /** Damages one or two of the files, drawn by chance; another job's are at hand. */
    void to(List<Path> files, List<Path> theirs, SplittableRandom random) throws IOException {
        List<Path> parts = parts(files);
        switch (this) {
            case FLIP, TRUNCATE, DELETE -> to(files.get(random.nextInt(files.size())), random);
            case EXCHANGE -> {
                int first = random.nextInt(parts.size());
                exchange(parts.get(first), parts.get((first + 1 + random.nextInt(parts.size() - 1)) % parts.size()));
            }
            case FOREIGN -> {
                List<Path> foreign = parts(theirs);
                Path part = parts.get(random.nextInt(parts.size()));
                Files.copy(foreign.get(random.nextInt(foreign.size())), part, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static List<Path> parts(List<Path> files) {
        return files.stream()
                .filter(file -> file.getFileName().toString().startsWith("part-"))
                .toList();
    }

    /** Damages this file; the two that need another file flip a bit. */
    void to(Path file, SplittableRandom random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (this) {
            case TRUNCATE -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(Math.max(1, bytes.length))));
            case DELETE -> Files.delete(file);
            case FLIP, EXCHANGE, FOREIGN -> {
                int at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                Files.write(file, bytes);
            }
        }
    }

    private static void exchange(Path one, Path two) throws IOException {
        byte[] first = Files.readAllBytes(one);
        Files.write(one, Files.readAllBytes(two));
        Files.write(two, first);
    }
}
