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
        entry("filler", new byte[600_000]);
        entry("a/C.class", extending("io/valiant/bsp/Bsp"));
        UploadedFile jar = jar().get(0);
        assertThat(ProgramKind.find("a.C", List.of(jar), PLENTY)).isEqualTo("bsp");
        assertThat(ProgramKind.find("a.C", List.of(jar, jar), PLENTY)).isEqualTo("bsp");
        assertThatThrownBy(() -> ProgramKind.find("a.B", List.of(jar, jar), PLENTY))
                .isInstanceOf(HttpError.class)
                .hasMessageContaining("more than is looked through")
                .hasMessageContaining("\"type\"");
    }

    @Test
    void aJarIsLookedThroughOnceHoweverManySuperclassesThereAre() throws Exception {
        entry("filler", new byte[600_000]);
        for (int i = 0; i < 20; i++) {
            // some lie before what extends them, some behind
            int at = i * 7 % 20;
            entry("a/C" + at + ".class", extending(at == 19 ? "io/valiant/bsp/Bsp" : "a/C" + (at + 1)));
        }
        assertThat(ProgramKind.find("a.C0", jar(), PLENTY)).isEqualTo("bsp");
    }

    @Test
    void whatLiesBehindTheClassDoesNotCount() throws Exception {
        entry("a/C.class", extending("io/valiant/bsp/Bsp"));
        entry("filler", new byte[2_000_000]);
        assertThat(ProgramKind.find("a.C", jar(), PLENTY)).isEqualTo("bsp");
    }

    @Test
    void aBrokenClassIsInNobodysWayButItsOwn() throws Exception {
        entry("module-info.class", new byte[] {1, 2, 3});
        entry("a/C.class", extending("io/valiant/bsp/Bsp"));
        entry("a/B.class", extending("module-info"));
        List<UploadedFile> jar = jar();
        assertThat(ProgramKind.find("a.C", jar, PLENTY)).isEqualTo("bsp");
        assertThatThrownBy(() -> ProgramKind.find("a.B", jar, PLENTY))
                .isInstanceOf(HttpError.class)
                .hasMessageContaining("class module-info in the jars is broken");
    }

    @Test
    void ofSeveralClassesOfANameTheFirstCounts() throws Exception {
        entry("a/C.class", extending("a/B"));
        entry("a/B.class", extending("io/valiant/graph/VertexProgram"));
        UploadedFile first = jar().get(0);
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        try (ZipOutputStream second = new ZipOutputStream(other)) {
            second.putNextEntry(new ZipEntry("a/B.class"));
            second.write(extending("io/valiant/bsp/Bsp"));
        }
        UploadedFile last = new UploadedFile("jar", "b.jar", () -> new ByteArrayInputStream(other.toByteArray()));
        assertThat(ProgramKind.find("a.C", List.of(first, last), PLENTY)).isEqualTo("graph");
        assertThat(ProgramKind.find("a.B", List.of(last, first), PLENTY)).isEqualTo("bsp");
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
    void whatIsRememberedOfClassesIsBounded() throws Exception {
        String name = "a".repeat(60_000);
        for (int i = 0; i < 600; i++) {
            entry(name + i + ".class", new byte[0]);
        }
        entry("a/A.class", extending("io/valiant/bsp/Bsp"));
        List<UploadedFile> jar = jar();
        assertThatThrownBy(() -> ProgramKind.find("a.A", jar)).hasMessageContaining("more than is looked");
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
