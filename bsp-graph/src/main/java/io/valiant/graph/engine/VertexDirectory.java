package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.EdgeStage;
import io.valiant.graph.io.GraphInput;
import io.valiant.graph.io.IdForm;
import io.valiant.graph.io.IdSet;
import io.valiant.graph.io.LongIdSet;
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
    /** Ids are their own numbers while numbers are resolved if there are no more numbers for each: an array or two of ints. */
    private static final long NUMBERS_FOR_ID = 4;

    private final Exchange exchange;
    private final Collective collective;
    private final List<GraphInput> inputs;
    private final boolean bothDirections;
    private final List<OwnedOrder> orders = new ArrayList<>();
    private final List<Places> places = new ArrayList<>();
    private IdSet owned;
    private long vertexCount;

    VertexDirectory(Exchange exchange, List<GraphInput> inputs, boolean bothDirections) {
        this.exchange = exchange;
        this.collective = new Collective(exchange);
        this.inputs = inputs;
        this.bothDirections = bothDirections;
    }

    /** This task's vertices, by dense number. */
    IdSet owned() {
        return owned;
    }

    long vertexCount() {
        return vertexCount;
    }

    /** For each input, where the ids live that its edges name. */
    List<Places> places() {
        return places;
    }

    /** Does it all, in four barriers. */
    void resolve() throws BspException {
        try {
            declareVertices(agreeOnForm());
            answer(askForEnds());
        } catch (IOException e) {
            throw Collective.broken(e);
        }
    }

    private IdForm agreeOnForm() throws BspException {
        long text = 0;
        for (GraphInput input : inputs) {
            boolean numbers = input.vertices().ids().form() == IdForm.LONG
                    && input.ends().ids().form() == IdForm.LONG;
            text += numbers ? 0 : 1;
        }
        if (collective.sum(text)[0] == 0) {
            return IdForm.LONG;
        }
        for (GraphInput input : inputs) {
            input.vertices().toText();
            input.ends().toText();
        }
        return IdForm.TEXT;
    }

    private void declareVertices(IdForm form) throws BspException, IOException {
        long declared = 0;
        for (GraphInput input : inputs) {
            IdSet ids = input.vertices().ids();
            OwnedOrder order = OwnedOrder.of(ids, exchange.count());
            declared += order.order().length;
            for (int task = 0; task < exchange.count(); task++) {
                send(exchange.writer(task), ids, order, task).endMessage();
            }
        }
        long expected = collective.sum(declared)[0] / exchange.count();
        long ownLimit = Math.min(IdSet.MOST, NUMBERS_FOR_ID * expected);
        owned = form == IdForm.TEXT ? IdSet.of(form) : new LongIdSet((int) ownLimit);
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
            orders.add(order);
            int[] degree = degrees(input, ids.size());
            for (int task = 0; task < exchange.count(); task++) {
                MessageWriter out = send(exchange.writer(task), ids, order, task);
                int[] degrees = IntLoops.gather(degree, order.order(), order.start()[task], order.count(task));
                out.writeInts(degrees, 0, degrees.length);
                out.endMessage();
            }
        }
        vertexCount = collective.sum(owned.count())[0];
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
            addDegrees(found, degrees, degree);
            questions.add(found);
        }
        return questions;
    }

    private static void addDegrees(int[] found, int[] degrees, int[] degree) {
        for (int i = 0; i < found.length; i++) {
            if (found[i] >= 0) {
                degree[found[i]] += degrees[i];
            }
        }
    }

    /** Gives out dense numbers: descending degree, then order of ids. */
    private void renumber(int[] degree, List<List<int[]>> asked) {
        int[] order = DegreeOrder.of(owned.sorted(), degree);
        int[] number = IntLoops.inverse(order, degree.length);
        for (List<int[]> questions : asked) {
            for (int[] found : questions) {
                IntLoops.replaceKnown(found, number);
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
        for (int i = 0; i < inputs.size(); i++) {
            places.add(readAnswers(in, orders.get(i), inputs.get(i).ends().ids().size()));
        }
        orders.clear();
    }

    private static Places readAnswers(MessageReader[] in, OwnedOrder order, int ids) throws IOException {
        int[] answers = new int[order.order().length];
        for (int task = 0; task < in.length; task++) {
            in[task].readInts(answers, order.start()[task], order.count(task));
        }
        Places places = new Places(ids, in.length, greatest(answers));
        for (int task = 0; task < in.length; task++) {
            places.set(order.order(), order.start()[task], order.start()[task + 1], task, answers);
        }
        return places;
    }

    private static int greatest(int[] answers) {
        int greatest = 0;
        for (int answer : answers) {
            greatest = Math.max(greatest, answer);
        }
        return greatest;
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
            countNeighbours(edges.pairs(p), edges.pieceSize(p), bothDirections, degree);
        }
        return degree;
    }

    private static void countNeighbours(int[] pairs, int count, boolean bothDirections, int[] degree) {
        for (int i = 0; i < 2 * count; i += 2) {
            degree[pairs[i]]++;
            if (bothDirections && pairs[i] != pairs[i + 1]) {
                degree[pairs[i + 1]]++;
            }
        }
    }
}
