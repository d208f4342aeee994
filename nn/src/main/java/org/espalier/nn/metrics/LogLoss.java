package org.espalier.nn.metrics;

import org.espalier.nn.Layer;
import org.espalier.tensor.Tensor;

/**
 * The mean of −log p, p being the probability of the true class; of the true answer of each output, for targets of the
 * output's shape. Computed in double precision, without clipping: a probability of 0 for what is true costs infinity.
 *
 * @param probabilities whether outputs are probabilities; otherwise they are logits
 */
public record LogLoss(boolean probabilities) implements Metric {
    @Override
    public String name() {
        return "log loss";
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public LogLoss on(Layer model) {
        return new LogLoss(Outputs.areProbabilities(model));
    }

    @Override
    public Tally start() {
        return new Tally() {
            private double sum;
            private long terms;

            @Override
            public void add(Tensor output, Tensor target) {
                boolean labels = !Classes.isBinary(output) && target.shape().equals(output.shape());
                var each = labels ? output.reshape(output.size()) : output;
                int[] wanted = labels ? Classes.above(target, 0.5f) : Classes.wanted(output, target);
                double[][] logarithms = Probabilities.logarithms(each, probabilities);
                for (int i = 0; i < wanted.length; i++) {
                    sum -= logarithms[i][wanted[i]];
                }
                terms += wanted.length;
            }

            @Override
            public double value() {
                return sum / terms;
            }
        };
    }
}
