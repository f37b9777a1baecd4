package io.valiant.examples;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Input;
import io.valiant.bsp.Next;
import io.valiant.bsp.Peer;
import io.valiant.bsp.SuperstepProgram;
import java.util.Arrays;

/**
 * Linear and logistic regression by batch gradient descent (T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical
 * Learning, 2009, chapters 3 and 4). Input: {@code y x1 x2 …} a line; y is any number, for logistic regression 0 or 1. In each
 * superstep every peer adds up the gradient over its lines and tells all peers, so that all change the weights alike. It ends when
 * the mean loss changes by no more than {@value #TOLERANCE}, or after {@value #ITERATIONS} steps.
 *
 * <p>Output: {@code loss<TAB>mean loss}, then {@code w0<TAB>weight} (of the constant), {@code w1<TAB>weight} and so on.
 */
public final class GradientDescent extends SuperstepProgram<Doubles, Doubles> {
    /** Setting: {@code linear} (half the squared error) or {@code logistic} (log loss); linear unless told. */
    public static final String LOSS = "gradient.loss";

    /** Setting: how far to go along the gradient, above 0; 0.1 unless told. */
    public static final String RATE = "gradient.rate";

    /** Setting: how many steps at most; 1000 unless told. */
    public static final String ITERATIONS = "gradient.iterations";

    /** Setting: a loss that changes by no more than this is the end; 1e-12 unless told. */
    public static final String TOLERANCE = "gradient.tolerance";

    private static final String LINEAR = "linear";
    private static final String LOGISTIC = "logistic";

    /** The state is the loss before the last step, then the weights; nothing at all in superstep 0. */
    @Override
    public Next superstep(Doubles model, Peer<Doubles> peer) throws BspException {
        boolean ended = peer.superstep() > 0 && step(model, peer);
        if (ended || peer.superstep() == peer.settings().getLong(ITERATIONS, 1000)) {
            return Next.HALT;
        }
        Doubles gradient = gradient(peer.input(), model.values(), isLogistic(peer));
        for (int to = 0; to < peer.count(); to++) {
            peer.send(to, gradient);
        }
        return Next.CONTINUE;
    }

    private static boolean isLogistic(Peer<Doubles> peer) throws BspException {
        String loss = peer.settings().get(LOSS, LINEAR);
        if (!loss.equals(LINEAR) && !loss.equals(LOGISTIC)) {
            throw BspException.user("%s = '%s' is neither %s nor %s", LOSS, loss, LINEAR, LOGISTIC);
        }
        return loss.equals(LOGISTIC);
    }

    /** Sums over this peer's lines: how many there are, their loss, the gradient by weight. */
    private static Doubles gradient(Input lines, double[] model, boolean logistic) throws BspException {
        double[] sums = {0, 0};
        lines.reopen();
        while (lines.next()) {
            double[] line = Doubles.of(lines, 2);
            if (sums.length == 2) {
                sums = Arrays.copyOf(sums, 2 + line.length);
            }
            if (line.length != sums.length - 2 || (model.length > 0 && line.length != model.length - 1)) {
                throw BspException.user("'%s' has not as many numbers as the lines before", lines.text());
            }
            double y = line[0];
            line[0] = 1;
            double predicted = 0;
            for (int i = 0; i < line.length && model.length > 0; i++) {
                predicted += model[1 + i] * line[i];
            }
            sums[0]++;
            sums[1] += logistic ? logLoss(predicted, y) : (predicted - y) * (predicted - y) / 2;
            double error = (logistic ? 1 / (1 + Math.exp(-predicted)) : predicted) - y;
            for (int i = 0; i < line.length; i++) {
                sums[2 + i] += error * line[i];
            }
        }
        return new Doubles(sums);
    }

    private static double logLoss(double logit, double y) throws BspException {
        if (y != 0 && y != 1) {
            throw BspException.user("logistic regression wants 0 or 1 in front of each line, not %s", y);
        }
        // log(1 + e^z) without overflow
        return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - y * logit;
    }

    /** One step along the mean gradient; whether the loss did not change any more. */
    private static boolean step(Doubles model, Peer<Doubles> peer) throws BspException {
        Doubles sums = new Doubles();
        for (Doubles gradient : peer.messages()) {
            sums.add(gradient);
        }
        double lines = sums.values()[0];
        if (lines == 0) {
            throw BspException.user("gradient descent has no lines to learn from");
        }
        double[] next = Arrays.copyOf(model.values(), sums.values().length - 1);
        double loss = sums.values()[1] / lines;
        boolean ended = peer.superstep() > 1
                && Math.abs(loss - next[0]) <= peer.settings().getDouble(TOLERANCE, 1e-12);
        next[0] = loss;
        double rate = peer.settings().getDouble(RATE, 0.1);
        for (int i = 1; i < next.length; i++) {
            next[i] -= rate * sums.values()[1 + i] / lines;
        }
        if (!Double.isFinite(loss)) {
            throw BspException.user("the loss grows beyond all bounds: %s = %s is too large", RATE, rate);
        }
        model.set(next);
        return ended;
    }

    @Override
    public void finish(Doubles model, Peer<Doubles> peer) throws BspException {
        for (int i = 0; peer.index() == 0 && i < model.values().length; i++) {
            peer.output().write(i == 0 ? "loss" : "w" + (i - 1), model.values()[i]);
        }
    }
}
