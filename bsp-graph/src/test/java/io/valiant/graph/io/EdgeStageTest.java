package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeStageTest {
    private static EdgeStage of(int from, int to) {
        EdgeStage stage = new EdgeStage(true);
        for (int i = from; i < to; i++) {
            stage.add(i, -i, i / 2.0);
        }
        return stage;
    }

    private static List<Integer> sources(EdgeStage stage) {
        List<Integer> sources = new ArrayList<>();
        for (int p = 0; p < stage.pieces(); p++) {
            for (int i = 0; i < stage.pieceSize(p); i++) {
                int source = stage.pairs(p)[2 * i];
                assertThat(stage.pairs(p)[2 * i + 1]).isEqualTo(-source);
                assertThat(stage.weights(p)[i]).isEqualTo(source / 2.0);
                sources.add(source);
            }
        }
        assertThat(stage.size()).isEqualTo(sources.size());
        return sources;
    }

    private static List<Integer> range(int from, int to) {
        List<Integer> range = new ArrayList<>();
        for (int i = from; i < to; i++) {
            range.add(i);
        }
        return range;
    }

    @Test
    void piecesComeInOrderWhoeverMadeThem() {
        EdgeStage stage = of(0, EdgeStage.PIECE + 5);
        stage.addPiece(
                new int[] {EdgeStage.PIECE + 5, -EdgeStage.PIECE - 5, 9, 9},
                new double[] {(EdgeStage.PIECE + 5) / 2.0},
                1);
        stage.add(EdgeStage.PIECE + 6, -EdgeStage.PIECE - 6, (EdgeStage.PIECE + 6) / 2.0);
        EdgeStage more = of(EdgeStage.PIECE + 7, 3 * EdgeStage.PIECE);
        stage.takeAll(more);
        stage.takeAll(new EdgeStage(true));
        assertThat(sources(stage)).isEqualTo(range(0, 3 * EdgeStage.PIECE));
        assertThat(more.size()).isZero();
    }

    @Test
    void edgesThatAreTakenBackAreGone() {
        for (int left :
                new int[] {0, 1, EdgeStage.PIECE - 1, EdgeStage.PIECE, EdgeStage.PIECE + 1, 2 * EdgeStage.PIECE + 3}) {
            EdgeStage stage = of(0, 2 * EdgeStage.PIECE + 3);
            stage.takeBack(left);
            assertThat(stage.size()).isEqualTo(left);
            stage.add(left, -left, left / 2.0);
            assertThat(sources(stage)).isEqualTo(range(0, left + 1));
        }
    }
}
