package org.espalier.nn.metrics;

import java.util.function.ToDoubleFunction;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Gathers the scores of every sample, class by class. One output per sample: one question. Labels as targets: each
 * class against the rest, by its probability. Targets of the output's shape: each output by itself.
 */
final class RankTally implements Metric.Tally {
    private final boolean probabilities;
    private final ToDoubleFunction<RankedScores> area;
    private RankedScores[] questions;

    RankTally(boolean probabilities, ToDoubleFunction<RankedScores> area) {
        this.probabilities = probabilities;
        this.area = area;
    }

    @Override
    public void add(Tensor output, Tensor target) {
        if (Classes.isBinary(output)) {
            int[] wanted = Classes.wanted(output, target);
            float[] scores = Storage.array(output);
            begin(1);
            for (int row = 0; row < wanted.length; row++) {
                questions[0].add(scores[row], wanted[row] == 1);
            }
        } else if (output.rank() == 2 && target.shape().equals(output.shape())) {
            float[] scores = Storage.array(output);
            int[] wanted = Classes.above(target, 0.5f);
            begin(output.dim(1));
            for (int i = 0; i < wanted.length; i++) {
                questions[i % questions.length].add(scores[i], wanted[i] == 1);
            }
        } else if (output.rank() == 2 && output.dim(1) == 2) {
            float[] scores = Storage.array(output);
            int[] wanted = Classes.wanted(output, target);
            begin(1);
            for (int row = 0; row < wanted.length; row++) {
                double difference = (double) scores[2 * row + 1] - scores[2 * row];
                questions[0].add(probabilities ? scores[2 * row + 1] : difference, wanted[row] == 1);
            }
        } else {
            oneAgainstTheRest(output, target);
        }
    }

    private void oneAgainstTheRest(Tensor output, Tensor target) {
        double[][] logarithms = Probabilities.logarithms(output, probabilities);
        int[] wanted = Classes.wanted(output, target);
        begin(output.dim(1));
        for (int row = 0; row < wanted.length; row++) {
            for (int i = 0; i < questions.length; i++) {
                questions[i].add(StrictMath.exp(logarithms[row][i]), wanted[row] == i);
            }
        }
    }

    private void begin(int count) {
        if (questions == null) {
            questions = new RankedScores[count];
            for (int i = 0; i < count; i++) {
                questions[i] = new RankedScores();
            }
        } else if (questions.length != count) {
            throw new ShapeException("metric: outputs of one model must have one width");
        }
    }

    /** The mean over the questions. */
    @Override
    public double value() {
        double sum = 0;
        for (int i = 0; questions != null && i < questions.length; i++) {
            sum += area.applyAsDouble(questions[i]);
        }
        return questions == null ? Double.NaN : sum / questions.length;
    }
}
