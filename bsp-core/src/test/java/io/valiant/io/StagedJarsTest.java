package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StagedJarsTest {
    private static final String NAME = "0123456789abcdef0123456789abcdef";

    @Test
    void theFolderOfAStagedJarIsFoundAgain() {
        String folder = StagedJars.folder("/shared/bsp", NAME);
        assertThat(folder).isEqualTo("file:///shared/bsp/staging/" + NAME);
        assertThat(StagedJars.foldersOf(List.of(folder + "/0-a.jar", folder + "/1-b.jar"), "/shared/bsp"))
                .containsExactly(folder);
        String far = StagedJars.folder("hdfs://n:1/bsp", NAME);
        assertThat(StagedJars.foldersOf(List.of(far + "/0-a.jar"), "hdfs://n:1/bsp"))
                .containsExactly(far);
    }

    @Test
    void nothingElseIsTakenForAStagingFolder() {
        String staging = "file:///shared/bsp/staging/";
        assertThat(StagedJars.foldersOf(
                        List.of(
                                "/home/ann/a.jar",
                                "file:///shared/bsp/a.jar",
                                staging + "a.jar",
                                staging + NAME,
                                staging + NAME + "/deeper/a.jar",
                                staging + "mine/a.jar",
                                staging + NAME + "/../../../a.jar",
                                staging + NAME.toUpperCase(java.util.Locale.ROOT) + "/a.jar",
                                "file:///other/bsp/staging/" + NAME + "/a.jar",
                                "hdfs://n:1/shared/bsp/staging/" + NAME + "/a.jar"),
                        "/shared/bsp"))
                .isEmpty();
    }
}
