package org.espalier.prune.criterion;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.nn.Mode;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** An estimate of the diagonal of the loss's second derivative with respect to each target. */
public enum Curvature {
    /**
     * The empirical Fisher information: the mean of g² over single samples. Never negative; close to the second
     * derivative for a log-likelihood at a good fit, and not meant for other losses. Cost: a pass forward and back for
     * each sample.
     */
    FISHER,
    /**
     * Hutchinson's estimate: the mean of v ⊙ H·v over {@value #PROBES} vectors v of random signs, drawn from the seed.
     * Its expectation is the diagonal itself, of any loss; single values can come out wrong, even negative. Cost:
     * {@value #PROBES} products with H. Bekas, Kokiopoulou and Saad 2007.
     */
    HUTCHINSON;

    static final int PROBES = 32;

    /** The diagonal for each target, by its name. */
    Map<String, double[]> diagonal(ScoringContext context) {
        var sums = new LinkedHashMap<String, double[]>();
        context.targets().forEach(target -> sums.put(target.name(), new double[target.weight().size()]));
        switch (this) {
            case FISHER -> addSquares(context, sums);
            case HUTCHINSON -> addProbes(context, sums);
        }
        return sums;
    }

    private static void addSquares(ScoringContext context, Map<String, double[]> sums) {
        double samples = context.batches().stream().mapToDouble(batch -> batch.inputs().dim(0)).sum();
        for (var batch : context.batches()) {
            for (int row = 0; row < batch.inputs().dim(0); row++) {
                var output = context.model().forward(batch.inputs().slice(0, row, row + 1), Mode.inference());
                var loss = context.calibration().loss().value(output, batch.targets().slice(0, row, row + 1));
                var gradients = loss.backward();
                for (var target : context.targets()) {
                    float[] g = Storage.array(gradients.of(target.weight().value()));
                    var sum = sums.get(target.name());
                    for (int i = 0; i < g.length; i++) {
                        sum[i] += (double) g[i] * g[i] / samples;
                    }
                }
            }
        }
    }

    private static void addProbes(ScoringContext context, Map<String, double[]> sums) {
        var hessian = new HessianProduct(context, output -> output);
        for (int probe = 0; probe < PROBES; probe++) {
            var rng = Rng.of(context.seed()).split(probe);
            var signs = new LinkedHashMap<String, Tensor>();
            for (var target : context.targets()) {
                signs.put(target.name(), signs(target, rng));
            }
            var products = hessian.times(signs);
            sums.forEach((name, sum) -> {
                float[] v = Storage.array(signs.get(name));
                float[] product = Storage.array(products.get(name));
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += (double) v[i] * product[i] / PROBES;
                }
            });
        }
    }

    private static Tensor signs(PrunableWeight target, Rng rng) {
        var signs = new float[target.weight().size()];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = rng.nextInt(2) * 2 - 1;
        }
        return Storage.adopt(target.weight().shape(), signs);
    }
}
