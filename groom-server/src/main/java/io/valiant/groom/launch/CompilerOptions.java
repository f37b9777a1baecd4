package io.valiant.groom.launch;

import java.util.ArrayList;
import java.util.List;

/**
 * What the optimising compiler of a child's JVM is told: when a method is worth its while, and what it compiles by itself. Decisions 11 and
 * 12 tell what each of it brought.
 */
public final class CompilerOptions {
    /**
     * A method is compiled by the optimising compiler once it has been called, or called and gone round together, so many times as
     * often as by default: in a job of seconds that compiler would take the processors from the program for methods that are done with by then. What matters to a
     * longer job passes this in a moment.
     */
    private static final int PATIENCE = 64;

    /** Likewise a loop, while it runs, once it has gone round so many times as often as by default: a long one is soon worth it. */
    private static final int LOOP_PATIENCE = 32;

    private static final String GENERAL = "io.valiant.graph.general.";
    private static final String ENGINE = "io.valiant.graph.engine.";

    /** What a general vertex program does for a vertex, of any class. */
    private static final String COMPUTE = "*.compute(Lio/valiant/graph/Vertex;Ljava/lang/Iterable;)V";

    private static final String SEND_AND_MIRROR = GENERAL + "Outbox::sendAndMirror";
    private static final String WRITE_INTS = "io.valiant.message.FrameWriter::writeInts";
    private static final String READ_INTS = "io.valiant.message.InboxReader::readInts";

    private static final List<String> THRESHOLDS = List.of(
            "-XX:Tier4InvocationThreshold=" + 5_000 * PATIENCE,
            "-XX:Tier4MinInvocationThreshold=" + 600 * PATIENCE,
            "-XX:Tier4CompileThreshold=" + 15_000 * PATIENCE,
            "-XX:Tier4BackEdgeThreshold=" + 40_000 * LOOP_PATIENCE);

    // By how much a method's thresholds are more than those above. Of patterns that fit a method the last one holds.

    /** Slow until they are optimised: the engine whose loops call programs' methods and Writables', and programs. */
    private static final Scaled SOONER =
            new Scaled("0.0625", List.of(GENERAL + "*::*", COMPUTE, WRITE_INTS, READ_INTS));

    /**
     * Those of it that a rehearsal, which is short, would not get optimised else: what is called once in a superstep, with a long loop,
     * and some of what is called there for a vertex.
     */
    private static final Scaled SOONEST = new Scaled(
            "0.004",
            List.of(
                    GENERAL + "GeneralRun::computeVertices",
                    GENERAL + "GeneralCursor::finish",
                    GENERAL + "Intake::read",
                    GENERAL + "MirrorIndex::*",
                    SEND_AND_MIRROR));

    /**
     * What searches do for a vertex or in a superstep. A search of many short supersteps would else end before any of it is optimised. Lanes of
     * doubles are not among them: those are PageRank's, for which a rehearsal is long enough.
     */
    private static final Scaled SEARCHES = new Scaled(
            "0.004",
            List.of(
                    ENGINE + "Relaxation::*",
                    ENGINE + "LongRelaxation::*",
                    ENGINE + "DoubleRelaxation::*",
                    ENGINE + "LongLane::*",
                    ENGINE + "LongCursor::*",
                    ENGINE + "LongBlock::*",
                    ENGINE + "Block::*"));

    /** What loads a graph is large and soon done with. */
    private static final Scaled LOADING =
            new Scaled("1.0", List.of(GENERAL + "GraphBuilder::*", GENERAL + "LoadSink::*"));

    /** No job uses it, so it is optimised late, if at all. */
    private static final Scaled REHEARSED = new Scaled("8.0", List.of(ENGINE + "RehearsedRanks*::*"));

    /**
     * Compiled by themselves, not as part of what calls them. Programs' methods, since the engine's own loop, which a rehearsal has had
     * compiled, would have to be compiled again with one of them in it, for as long as some supersteps take. What does much for a call,
     * since it would be compiled again and again in what calls it. And what few calls come to, so that no more than
     * that is thrown away when one does.
     */
    private static final List<String> ALONE = List.of(
            COMPUTE,
            GENERAL + "Intake::readRecord",
            GENERAL + "MirroredMail::add",
            GENERAL + "Outbox::sendToTargets",
            SEND_AND_MIRROR,
            GENERAL + "Outbox::addTargets",
            GENERAL + "Outbox::addToNextRun",
            GENERAL + "EdgeCursor::keep",
            GENERAL + "ByteRecords::relocate",
            "io.valiant.message.FrameWriter::write([BII)V",
            WRITE_INTS,
            "io.valiant.message.InboxReader::readFully([BII)V",
            READ_INTS);

    /**
     * Likewise what a program's {@code compute} usually calls once: it is compiled up to three times in a job, for the first superstep,
     * the first messages and the last superstep, and takes a third of the time without them.
     */
    private static final List<String> OF_VERTICES = List.of(
            GENERAL + "GeneralCursor::value",
            GENERAL + "GeneralCursor::aggregate",
            GENERAL + "GeneralCursor::aggregated",
            GENERAL + "GeneralCursor::sendToNeighbours",
            GENERAL + "MessageCursor::iterator");

    private CompilerOptions() {}

    /** Methods and by how much their thresholds are more. */
    private record Scaled(String factor, List<String> methods) {}

    /**
     * Arguments of the JVM. Public for the test that what they name is there.
     *
     * @param fewProcessors whether compiler and programs of several children share few processors
     */
    public static List<String> of(boolean fewProcessors) {
        List<String> options = new ArrayList<>();
        options.add("-XX:CompileCommand=quiet");
        compiledAlone(ALONE, options);
        if (fewProcessors) {
            compiledAlone(OF_VERTICES, options);
            options.addAll(THRESHOLDS);
            for (Scaled scaled : List.of(SOONER, SOONEST, SEARCHES, LOADING, REHEARSED)) {
                for (String method : scaled.methods()) {
                    options.add("-XX:CompileCommand=CompileThresholdScaling," + method + "," + scaled.factor());
                }
            }
        }
        return options;
    }

    private static void compiledAlone(List<String> methods, List<String> options) {
        for (String method : methods) {
            options.add("-XX:CompileCommand=dontinline," + method);
        }
    }
}
