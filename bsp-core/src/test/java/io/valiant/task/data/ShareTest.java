package io.valiant.task.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.valiant.bsp.Settings;
import io.valiant.io.FileStores;
import io.valiant.protocol.InputSplit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's format leaves open is closed for it. */
class ShareTest {
    @TempDir
    private Path folder;

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private Share share(Packing packing) throws IOException {
        Path file = folder.resolve("file");
        try (OutputStream out = packing.over(Files.newOutputStream(file))) {
            out.write(new byte[1000]);
        }
        return new Share(
                new FileStores(new TreeMap<>()),
                new InputSplit("input", file.toString(), 0, -1),
                new Settings(new TreeMap<>()));
    }

    /** The whole file lies in the buffers of what unpacks it: only if that is closed nothing more comes. */
    @Test
    void whatUnpacksAFileIsClosed() throws Exception {
        for (Packing packing : new Packing[] {ZstdOutputStream::new, GZIPOutputStream::new}) {
            Share share = share(packing);
            InputStream first = share.open(0);
            InputStream second = share.open(0);
            assertThat(first.read()).isZero();
            assertThat(second.read()).isZero();
            share.close();
            assertThatThrownBy(first::read).isInstanceOf(IOException.class);
            assertThatThrownBy(second::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatTheFormatHasClosedIsNotClosedAgainAndWhatIsPlainIsClosedToo() throws Exception {
        Share share = share(out -> out);
        InputStream closed = share.open(0);
        closed.close();
        InputStream open = share.open(0);
        InputStream part = share.open(500);
        assertThat(part.readAllBytes()).hasSize(500);
        share.close();
        assertThat(open.read()).isEqualTo(-1);
        assertThatThrownBy(part::read).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatCannotBeUnpackedIsClosedAllTheSame() throws Exception {
        Share share = share(GZIPOutputStream::new);
        Path file = folder.resolve("file");
        byte[] bytes = Files.readAllBytes(file);
        bytes[2] = 0;
        Files.write(file, bytes);
        assertThatThrownBy(() -> share.open(0)).isInstanceOf(IOException.class).hasMessageContaining("cut or wrong");
        share.close();
    }
}
