package org.espalier.prune.criterion;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gradient of the loss over all calibration samples: the mean over the batches, each weighted by its rows, since a
 * loss is a mean over its batch.
 */
public final class MeanGradients {
    private MeanGradients() {}

    /** The mean gradient of each weight, by its name, in row-major order. */
    public static Map<String, double[]> of(ScoringContext context) {
        var batches = context.batches();
        double rows = batches.stream().mapToDouble(batch -> batch.inputs().dim(0)).sum();
        var means = new LinkedHashMap<String, double[]>();
        for (var target : context.targets()) {
            means.put(target.name(), new double[target.weight().size()]);
        }
        for (int b = 0; b < batches.size(); b++) {
            double share = batches.get(b).inputs().dim(0) / rows;
            var gradients = context.gradients().get(b);
            means.forEach((name, mean) -> {
                float[] g = gradients.get(name);
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += share * g[i];
                }
            });
        }
        return means;
    }
}
