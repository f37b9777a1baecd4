package io.valiant.master.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClassFileTest {
    @Test
    void theSuperclassIsRead() throws IOException {
        assertThat(ClassFile.superclass(mine())).isEqualTo("java/lang/Object");
    }

    @Test
    void oneThatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] file = mine();
        // before the methods there is nothing else to be read
        for (int length = 0; length < 100; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> ClassFile.superclass(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void noTableIsMadeForConstantsThatCannotBeThere() {
        byte[] file = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61, (byte) 0xFF, (byte) 0xFF};
        assertThatThrownBy(() -> ClassFile.superclass(file)).hasMessage("cut off");
    }

    private static byte[] mine() throws IOException {
        try (InputStream in = ClassFileTest.class.getResourceAsStream("ClassFileTest.class")) {
            return in.readAllBytes();
        }
    }
}
