package io.valiant.master.web;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** What is read of class files. */
final class ClassFile {
    private static final int MAGIC = 0xCAFEBABE;

    private ClassFile() {}

    private static final int LEAST_CONSTANT_BYTES = 3;

    /**
     * The name of the superclass, with slashes.
     *
     * @throws IOException if it is no class file, is cut off, or has no superclass
     */
    static String superclass(byte[] file) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.readInt();
        int count = in.readUnsignedShort();
        if (count > file.length / LEAST_CONSTANT_BYTES) {
            throw new IOException("cut off");
        }
        // where each text begins; only one is made a string
        int[] texts = new int[count];
        int[] classes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> {
                    texts[i] = file.length - in.available();
                    in.skipNBytes(in.readUnsignedShort());
                }
                case 7 -> classes[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    // takes two places
                    i++;
                }
                default -> throw new IOException("constant of the unknown kind " + tag);
            }
        }
        in.readUnsignedShort();
        in.readUnsignedShort();
        int above = in.readUnsignedShort();
        if (above >= count || classes[above] >= count || texts[classes[above]] == 0) {
            throw new IOException("no superclass");
        }
        int text = texts[classes[above]];
        return new DataInputStream(new ByteArrayInputStream(file, text, file.length - text)).readUTF();
    }
}
