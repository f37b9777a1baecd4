package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.EdgeStage;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.GraphInput;
import io.valiant.graph.io.IdForm;
import io.valiant.graph.io.IdSet;
import io.valiant.graph.step.Collective;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns ids into (task, dense number), in bulk. Each task tells the owners which vertices it has read and then asks them
 * for the ids its edges name, saying how many neighbours its edges give each: so the owners know all degrees, and with them
 * the dense numbers, before they answer.
 */
final class VertexDirectory {
    private final Exchange exchange;
    private final Collective collective;
    private final List<GraphInput> inputs;
    private final GraphFormat format;
    private final boolean bothDirections;
    private final List<Resolved> resolved = new ArrayList<>();
    private IdSet owned;
    private long vertexCount;

    /**
     * Where each id that a parser's edges name lives.
     *
     * @param owner by id
     * @param number by id; -1 if there is no such vertex
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Resolved(int[] owner, int[] number) {}

    VertexDirectory(Exchange exchange, List<GraphInput> inputs, GraphFormat format, boolean bothDirections) {
        this.exchange = exchange;
        this.collective = new Collective(exchange);
        this.inputs = inputs;
        this.format = format;
        this.bothDirections = bothDirections;
    }

    /** This task's vertices, by dense number. */
    IdSet owned() {
        return owned;
    }

    long vertexCount() {
        return vertexCount;
    }

    /** One for each input. */
    List<Resolved> resolved() {
        return resolved;
    }

    /** Does it all, in four barriers. */
    void resolve() throws BspException {
        try {
            agreeOnForm();
            declareVertices();
            answer(askForEnds());
        } catch (IOException e) {
            throw Collective.broken(e);
        }
    }

    private void agreeOnForm() throws BspException {
        long text = 0;
        for (GraphInput input : inputs) {
            boolean numbers = input.vertices().ids().form() == IdForm.LONG
                    && input.ends().ids().form() == IdForm.LONG;
            text += numbers ? 0 : 1;
        }
        if (collective.sum(text)[0] == 0) {
            owned = IdSet.of(format.forced() == null ? IdForm.LONG : format.forced());
            return;
        }
        owned = IdSet.of(IdForm.TEXT);
        for (GraphInput input : inputs) {
            input.vertices().toText();
            input.ends().toText();
        }
    }

    private void declareVertices() throws BspException, IOException {
        for (GraphInput input : inputs) {
            IdSet ids = input.vertices().ids();
            OwnedOrder order = OwnedOrder.of(ids, exchange.count());
            for (int task = 0; task < exchange.count(); task++) {
                send(exchange.writer(task), ids, order, task).endMessage();
            }
        }
        collective.share();
        for (int task = 0; task < exchange.count(); task++) {
            MessageReader in = exchange.reader(task);
            while (in.remaining() > 0) {
                owned.readAndAdd(in, in.readIntLE());
            }
        }
    }

    /** What each task's each parser asked for, as numbers of the owned ids, or -1. */
    private List<List<int[]>> askForEnds() throws BspException, IOException {
        for (GraphInput input : inputs) {
            IdSet ids = input.ends().ids();
            OwnedOrder order = OwnedOrder.of(ids, exchange.count());
            int[] degree = degrees(input, ids.size());
            for (int task = 0; task < exchange.count(); task++) {
                MessageWriter out = send(exchange.writer(task), ids, order, task);
                int[] degrees = new int[order.count(task)];
                for (int i = 0; i < degrees.length; i++) {
                    degrees[i] = degree[order.order()[order.start()[task] + i]];
                }
                out.writeInts(degrees, 0, degrees.length);
                out.endMessage();
            }
        }
        vertexCount = collective.sum(owned.size())[0];
        if (vertexCount == 0) {
            throw BspException.user("a graph without vertices: the vertex file names none");
        }
        int[] degree = new int[owned.size()];
        List<List<int[]>> asked = new ArrayList<>();
        for (int task = 0; task < exchange.count(); task++) {
            asked.add(readQuestions(exchange.reader(task), degree));
        }
        renumber(degree, asked);
        return asked;
    }

    private List<int[]> readQuestions(MessageReader in, int[] degree) throws IOException {
        List<int[]> questions = new ArrayList<>();
        while (in.remaining() > 0) {
            int[] found = owned.readAndFind(in, in.readIntLE());
            int[] degrees = new int[found.length];
            in.readInts(degrees, 0, degrees.length);
            for (int i = 0; i < found.length; i++) {
                if (found[i] >= 0) {
                    degree[found[i]] += degrees[i];
                }
            }
            questions.add(found);
        }
        return questions;
    }

    /** Gives out dense numbers: descending degree, then order of ids. */
    private void renumber(int[] degree, List<List<int[]>> asked) {
        int[] order = DegreeOrder.of(owned.sorted(), degree);
        int[] number = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            number[order[i]] = i;
        }
        for (List<int[]> questions : asked) {
            for (int[] found : questions) {
                for (int i = 0; i < found.length; i++) {
                    found[i] = found[i] < 0 ? -1 : number[found[i]];
                }
            }
        }
        owned = owned.reordered(order);
    }

    private void answer(List<List<int[]>> asked) throws BspException, IOException {
        for (int task = 0; task < exchange.count(); task++) {
            MessageWriter out = exchange.writer(task);
            for (int[] numbers : asked.get(task)) {
                out.writeInts(numbers, 0, numbers.length);
                out.endMessage();
            }
        }
        collective.share();
        MessageReader[] in = new MessageReader[exchange.count()];
        for (int task = 0; task < in.length; task++) {
            in[task] = exchange.reader(task);
        }
        for (GraphInput input : inputs) {
            OwnedOrder order = OwnedOrder.of(input.ends().ids(), exchange.count());
            int[] number = new int[order.owner().length];
            for (int task = 0; task < exchange.count(); task++) {
                int[] answers = new int[order.count(task)];
                in[task].readInts(answers, 0, answers.length);
                for (int i = 0; i < answers.length; i++) {
                    number[order.order()[order.start()[task] + i]] = answers[i];
                }
            }
            resolved.add(new Resolved(order.owner(), number));
        }
    }

    private static MessageWriter send(MessageWriter out, IdSet ids, OwnedOrder order, int task) throws IOException {
        out.writeIntLE(order.count(task));
        ids.write(out, order.order(), order.start()[task], order.start()[task + 1]);
        return out;
    }

    /** How many neighbours this input's edges give to each id they name. */
    private int[] degrees(GraphInput input, int ids) {
        int[] degree = new int[ids];
        EdgeStage edges = input.edges();
        for (int p = 0; p < edges.pieces(); p++) {
            int[] pairs = edges.pairs(p);
            for (int i = 0, end = 2 * edges.pieceSize(p); i < end; i += 2) {
                degree[pairs[i]]++;
                if (bothDirections && pairs[i] != pairs[i + 1]) {
                    degree[pairs[i + 1]]++;
                }
            }
        }
        return degree;
    }
}
