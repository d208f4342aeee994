package org.espalier.nn.metrics;

import org.espalier.nn.loss.Loss;
import org.espalier.tensor.Tensor;

/**
 * The mean of a loss over samples: batch means weighted by their rows, summed in double precision.
 *
 * @param name a word for reports
 * @param loss the loss
 */
public record MeanLoss(String name, Loss loss) implements Metric {
    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public Tally start() {
        return new Tally() {
            private double sum;
            private long rows;

            @Override
            public void add(Tensor output, Tensor target) {
                sum += (double) loss.value(output, target).item() * output.dim(0);
                rows += output.dim(0);
            }

            @Override
            public double value() {
                return sum / rows;
            }
        };
    }
}
