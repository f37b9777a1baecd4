package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.Combination;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.IntVertexProgram;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.PrimitiveVertexProgram;
import io.valiant.graph.VertexContext;
import io.valiant.graph.io.EdgeStage;
import io.valiant.graph.io.IdForm;
import io.valiant.graph.io.IdSet;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The loops of lanes: push and pull give the same bits, whichever vertices have sent. */
class LanePropertyTest {
    private static final class Doubles extends DoubleVertexProgram {
        @Override
        public double compute(VertexContext v, double message) {
            return message;
        }
    }

    private static final class Longs extends LongVertexProgram {
        @Override
        public long compute(VertexContext v, long message) {
            return message;
        }
    }

    private static final class Ints extends IntVertexProgram {
        @Override
        public int compute(VertexContext v, int message) {
            return message;
        }
    }

    private static final class AlongDoubles extends DoubleVertexProgram {
        @Override
        public double compute(VertexContext v, double message) {
            return message;
        }

        @Override
        public double alongEdge(double message, double weight) {
            return message + weight;
        }
    }

    private static final class AlongLongs extends LongVertexProgram {
        @Override
        public long compute(VertexContext v, long message) {
            return message;
        }

        @Override
        public long alongEdge(long message, double weight) {
            return (long) (message + weight);
        }
    }

    private static final class AlongInts extends IntVertexProgram {
        @Override
        public int compute(VertexContext v, int message) {
            return message;
        }

        @Override
        public int alongEdge(int message, double weight) {
            return (int) (message + weight);
        }
    }

    private static final List<PrimitiveVertexProgram> PROGRAMS =
            List.of(new Doubles(), new Longs(), new Ints(), new AlongDoubles(), new AlongLongs(), new AlongInts());

    @Property(tries = 600)
    void pushAndPullGiveTheSameBits(
            @ForAll long seed,
            @ForAll Combination combination,
            @ForAll @IntRange(min = 0, max = 5) int type,
            @ForAll @IntRange(min = 0, max = 100) int percentSent,
            @ForAll boolean alike) {
        Random chance = new Random(seed);
        int sources = 1 + chance.nextInt(200);
        int targets = 1 + chance.nextInt(200);
        Segment segment = segment(chance, sources, targets, chance.nextBoolean());
        Partition nothing =
                new Partition(0, IdSet.of(IdForm.LONG), new int[0], segment, new Outgoing[1], new Incoming[1], 0, 0);
        Lane lane = Lane.of(List.of(PROGRAMS.get(type)), combination, nothing, new Crew(1, "test"));
        Block from = lane.block(sources);
        for (int round = 0; round < 3; round++) {
            fill(chance, from, percentSent, alike);
            Block pulled = lane.block(segment.targets.length);
            Block pushed = lane.block(segment.targets.length);
            lane.pull(segment, from, pulled);
            from.all = false;
            lane.push(segment, from, pushed);
            assertThat(values(pushed)).isEqualTo(values(pulled));
            assertThat(places(pushed)).isEqualTo(places(pulled));
        }
    }

    private static Segment segment(Random chance, int sources, int targets, boolean weighted) {
        EdgeStage stage = new EdgeStage(weighted);
        for (int e = chance.nextInt(4 * sources); e >= 0; e--) {
            stage.add(chance.nextInt(sources), chance.nextInt(targets), chance.nextInt(9) - 2);
        }
        return Segment.of(Rows.of(stage, sources, weighted), targets, false);
    }

    private static void fill(Random chance, Block block, int percent, boolean alike) {
        block.beginSome();
        long seed = chance.nextLong();
        for (int place = 0; place < block.size; place++) {
            if (chance.nextInt(100) < percent) {
                set(alike ? new Random(seed) : chance, block, place);
                block.add(place);
            }
        }
        block.endSome();
    }

    private static void set(Random chance, Block block, int place) {
        if (block instanceof DoubleBlock doubles) {
            double[] odd = {
                0.0, -0.0, Double.MAX_VALUE, Double.MIN_VALUE, Double.POSITIVE_INFINITY, chance.nextGaussian()
            };
            doubles.values[place] = odd[chance.nextInt(odd.length)] * (chance.nextInt(3) == 0 ? 1e-3 : 1);
        } else if (block instanceof LongBlock longs) {
            long[] odd = {0, Long.MAX_VALUE, Long.MIN_VALUE, chance.nextLong()};
            longs.values[place] = odd[chance.nextInt(odd.length)];
        } else {
            int[] odd = {0, Integer.MAX_VALUE, Integer.MIN_VALUE, chance.nextInt()};
            ((IntBlock) block).values[place] = odd[chance.nextInt(odd.length)];
        }
    }

    private static long[] values(Block block) {
        if (block instanceof DoubleBlock doubles) {
            return Arrays.stream(doubles.values)
                    .mapToLong(Double::doubleToRawLongBits)
                    .toArray();
        }
        if (block instanceof LongBlock longs) {
            return longs.values.clone();
        }
        return Arrays.stream(((IntBlock) block).values).asLongStream().toArray();
    }

    private static boolean[] places(Block block) {
        boolean[] there = new boolean[block.size];
        for (int place = 0; place < there.length; place++) {
            there[place] = block.all || block.has(place);
        }
        return there;
    }
}
