package org.espalier.nn.metrics;

import org.espalier.nn.loss.Loss;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The root of the mean squared error of a regression, in the unit of the target; averaged over the outputs if there are
 * several. Sums are in double precision.
 */
public record RootMeanSquaredError() implements Metric {
    @Override
    public String name() {
        return "RMSE";
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public Tally start() {
        return new Tally() {
            private double[] squares;
            private long rows;

            @Override
            public void add(Tensor output, Tensor target) {
                Loss.requireSameShape("RMSE", output, target);
                if (output.rank() == 0) {
                    throw new ShapeException("RMSE: needs outputs [batch, …]");
                }
                if (output.dim(0) == 0) {
                    return;
                }
                float[] given = Storage.array(output);
                float[] wanted = Storage.array(target);
                int width = given.length / output.dim(0);
                squares = squares == null ? new double[width] : squares;
                for (int i = 0; i < given.length; i++) {
                    double error = (double) given[i] - wanted[i];
                    squares[i % width] += error * error;
                }
                rows += output.dim(0);
            }

            @Override
            public double value() {
                double sum = 0;
                for (int i = 0; squares != null && i < squares.length; i++) {
                    sum += Math.sqrt(squares[i] / rows);
                }
                return squares == null ? Double.NaN : sum / squares.length;
            }
        };
    }
}
