package io.valiant.graph.fake;

import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One task's part of a checkpoint, in memory. */
public final class FakePart {
    private final long superstep;
    private final SortedMap<String, byte[]> sections;
    /** Contents and keys of shared sections. */
    private final SortedMap<String, byte[]> shared;

    private final SortedMap<String, String> keys;

    private FakePart(
            long superstep,
            SortedMap<String, byte[]> sections,
            SortedMap<String, byte[]> shared,
            SortedMap<String, String> keys) {
        this.superstep = superstep;
        this.sections = sections;
        this.shared = shared;
        this.keys = keys;
    }

    /** The bytes of a section, shared or not. */
    public byte[] bytes(String name) {
        return sections.containsKey(name) ? sections.get(name) : shared.get(name);
    }

    /** The same part with a section changed, shared or not. */
    public FakePart with(String name, UnaryOperator<byte[]> change) {
        SortedMap<String, byte[]> otherSections = new TreeMap<>(sections);
        SortedMap<String, byte[]> otherShared = new TreeMap<>(shared);
        (sections.containsKey(name) ? otherSections : otherShared).computeIfPresent(name, (n, b) -> change.apply(b));
        return new FakePart(superstep, otherSections, otherShared, keys);
    }

    /** The key of a shared section. */
    public String key(String name) {
        return keys.get(name);
    }

    CheckpointInput input() {
        return new Input();
    }

    private final class Input implements CheckpointInput {
        @Override
        public long superstep() {
            return superstep;
        }

        @Override
        public DataInputStream section(String name) throws IOException {
            return input(name, sections.get(name));
        }

        @Override
        public DataInputStream shared(String name) throws IOException {
            return input(name, shared.get(name));
        }

        private DataInputStream input(String name, byte[] content) throws IOException {
            if (content == null) {
                throw new IOException("no section '" + name + "'");
            }
            return new DataInputStream(new ByteArrayInputStream(content));
        }
    }

    /** Takes one task's parts in. */
    static final class Output implements CheckpointOutput {
        private final String file;
        /** What this task has written in this generation into files of their own, by key. */
        private final SortedMap<String, byte[]> files;

        private final SortedMap<String, byte[]> sections = new TreeMap<>();
        private final SortedMap<String, String> keys = new TreeMap<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private String open;

        /** {@code file}: what keys begin with, another in each generation and task. */
        Output(String file, SortedMap<String, byte[]> files) {
            this.file = file;
            this.files = files;
        }

        @Override
        public DataOutput section(String name) {
            close();
            if (sections.containsKey(name) || keys.containsKey(name)) {
                throw new AssertionError("section '" + name + "' twice");
            }
            open = name;
            return new DataOutputStream(bytes);
        }

        @Override
        public void shared(String name, long version, Content content) throws IOException {
            String key = file + "-" + name + "-" + version;
            if (!files.containsKey(key)) {
                content.write(section(name));
                close();
                files.put(key, sections.remove(name));
            }
            keys.put(name, key);
        }

        private void close() {
            if (open != null) {
                sections.put(open, bytes.toByteArray());
                bytes.reset();
                open = null;
            }
        }

        FakePart part(long superstep) {
            close();
            SortedMap<String, byte[]> shared = new TreeMap<>();
            keys.forEach((name, key) -> shared.put(name, files.get(key)));
            return new FakePart(superstep, sections, shared, keys);
        }
    }
}
