package org.espalier.nn.metrics;

import org.espalier.nn.Layer;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * F1, the harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN), of one class or averaged over classes.
 * Targets of the shape of several outputs are labels, and each output is a class by itself. A class that is neither
 * among the targets nor predicted does not enter an average over classes; as a label it counts 0.
 *
 * @param average over which classes
 * @param ofClass the class, where the average is of one; otherwise 0
 * @param threshold above which a yes-or-no output is a yes: 0 for logits, ½ for probabilities
 */
public record F1Score(Average average, int ofClass, float threshold) implements Metric {
    /** Over which classes the score is averaged. */
    public enum Average {
        /** It is that of one class. */
        NONE,
        /** The mean over classes, each counting the same. */
        MACRO,
        /** The mean over classes, weighted by their samples. */
        WEIGHTED,
        /** The score of the sums of TP, FP and FN over all classes. */
        MICRO
    }

    /** Checks the class; throws {@link IllegalArgumentException}. */
    public F1Score {
        if (ofClass < 0) {
            throw new IllegalArgumentException("F1: a class is 0 or more, not " + ofClass);
        }
    }

    @Override
    public String name() {
        return switch (average) {
            case NONE -> ofClass == 1 ? "F1" : "F1 of class " + ofClass;
            case MACRO -> "macro F1";
            case WEIGHTED -> "weighted F1";
            case MICRO -> "micro F1";
        };
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public F1Score on(Layer model) {
        return new F1Score(average, ofClass, Outputs.threshold(model));
    }

    @Override
    public Tally start() {
        return new Counts();
    }

    private final class Counts implements Tally {
        private long[] hits; // TP
        private long[] taken; // TP + FP
        private long[] actual; // TP + FN
        private boolean labels;

        @Override
        public void add(Tensor output, Tensor target) {
            labels = !Classes.isBinary(output) && output.rank() == 2 && target.shape().equals(output.shape());
            if (labels) {
                int[] predicted = Classes.above(output, threshold);
                int[] wanted = Classes.above(target, 0.5f);
                begin(output.dim(1));
                for (int i = 0; i < wanted.length; i++) {
                    int label = i % hits.length;
                    hits[label] += predicted[i] & wanted[i];
                    taken[label] += predicted[i];
                    actual[label] += wanted[i];
                }
                return;
            }
            int[] predicted = Classes.predicted(output, threshold);
            int[] wanted = Classes.wanted(output, target);
            begin(Classes.count(output));
            for (int i = 0; i < wanted.length; i++) {
                hits[wanted[i]] += predicted[i] == wanted[i] ? 1 : 0;
                taken[predicted[i]]++;
                actual[wanted[i]]++;
            }
        }

        private void begin(int classes) {
            if (average == Average.NONE && ofClass >= classes) {
                throw new ShapeException("F1: there is no class " + ofClass + " among " + classes);
            }
            if (hits == null) {
                hits = new long[classes];
                taken = new long[classes];
                actual = new long[classes];
            }
        }

        @Override
        public double value() {
            if (hits == null) {
                return Double.NaN;
            }
            double sum = 0;
            double weights = 0;
            long allHits = 0;
            long allOthers = 0;
            for (int i = 0; i < hits.length; i++) {
                double weight = switch (average) {
                    case NONE -> i == ofClass ? 1 : 0;
                    case WEIGHTED -> actual[i];
                    case MACRO -> labels || taken[i] + actual[i] > 0 ? 1 : 0;
                    case MICRO -> 0;
                };
                sum += weight * score(hits[i], taken[i] + actual[i]);
                weights += weight;
                allHits += hits[i];
                allOthers += taken[i] + actual[i];
            }
            return average == Average.MICRO ? score(allHits, allOthers) : weights == 0 ? Double.NaN : sum / weights;
        }

        /** 2·TP / (2·TP + FP + FN); 0 without any. */
        private static double score(long hits, long takenAndActual) {
            return takenAndActual == 0 ? 0 : 2.0 * hits / takenAndActual;
        }
    }
}
