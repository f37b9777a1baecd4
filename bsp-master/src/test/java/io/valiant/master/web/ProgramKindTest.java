package io.valiant.master.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.http.HttpError;
import io.valiant.http.UploadedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ProgramKindTest {
    private static final long PLENTY = 1 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    private void entry(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** As much of a class file as tells its superclass. */
    private static byte[] extending(String superclass) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(0xCAFEBABE);
        out.writeInt(61);
        out.writeShort(3);
        out.writeByte(1);
        out.writeUTF(superclass);
        out.writeByte(7);
        out.writeShort(1);
        out.writeShort(1);
        out.writeShort(2);
        out.writeShort(2);
        return file.toByteArray();
    }

    private List<UploadedFile> jar() throws IOException {
        zip.close();
        return List.of(new UploadedFile("jar", "a.jar", () -> new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void theKindIsFoundOverSuperclassesOfTheJar() throws Exception {
        entry("a/C.class", extending("a/B"));
        entry("a/B.class", extending("a/A"));
        entry("a/A.class", extending("io/valiant/bsp/SuperstepProgram"));
        assertThat(ProgramKind.find("a.C", jar())).isEqualTo("superstep");
    }

    @Test
    void allThatIsUnpackedCountsTogether() throws Exception {
        entry("filler", new byte[200_000]);
        for (int i = 0; i < 20; i++) {
            entry("a/C" + i + ".class", extending(i == 19 ? "io/valiant/bsp/Bsp" : "a/C" + (i + 1)));
        }
        List<UploadedFile> jar = jar();
        assertThat(ProgramKind.find("a.C19", jar, PLENTY)).isEqualTo("bsp");
        assertThatThrownBy(() -> ProgramKind.find("a.C0", jar, PLENTY))
                .isInstanceOf(HttpError.class)
                .hasMessageContaining("more than is looked through")
                .hasMessageContaining("\"type\"");
    }

    @Test
    void entriesCountThoughTheyAreEmpty() throws Exception {
        for (int i = 0; i < 5000; i++) {
            entry("e" + i, new byte[0]);
        }
        entry("a/A.class", extending("io/valiant/bsp/Bsp"));
        List<UploadedFile> jar = jar();
        assertThatThrownBy(() -> ProgramKind.find("a.A", jar, PLENTY)).hasMessageContaining("more than is looked");
    }

    @Test
    void theClassItselfCountsToo() throws Exception {
        entry("a/A.class", new byte[2_000_000]);
        List<UploadedFile> jar = jar();
        assertThatThrownBy(() -> ProgramKind.find("a.A", jar, PLENTY)).hasMessageContaining("more than is looked");
    }

    @Test
    void whatIsNoJarIsToldAsSuch() throws Exception {
        List<UploadedFile> jar = jar();
        byte[] broken = bytes.toByteArray();
        assertThatThrownBy(() -> ProgramKind.find("a.A", jar, PLENTY)).hasMessageContaining("is in none of the jars");
        List<UploadedFile> text = List.of(new UploadedFile("jar", "b.jar", () -> new ByteArrayInputStream(broken)));
        assertThatThrownBy(() -> ProgramKind.find("a.A", text, PLENTY)).isInstanceOf(HttpError.class);
    }
}
