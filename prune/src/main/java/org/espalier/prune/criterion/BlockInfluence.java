package org.espalier.prune.criterion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * How much a block changes the direction of its input: 1 − the mean over all samples of the cosine between its input
 * and its output. A row of zeros counts as unchanged. Labels are not needed. Reference: Men et al. 2024, "ShortGPT"
 * (arXiv 2403.03853), equation 1, block influence.
 */
@Notation("block influence")
public record BlockInfluence() implements BlockCriterion {
    @Override
    public Map<String, Double> scores(Context context, List<String> blocks) {
        var batches = context.calibration().batches();
        if (batches.isEmpty()) {
            throw new IllegalArgumentException(text() + ": needs calibration data and there is none");
        }
        var turned = new LinkedHashMap<String, Double>();
        blocks.forEach(block -> turned.put(block, 0.0));
        long samples = 0;
        for (var batch : batches) {
            var seen = Activations.of(context.model(), batch.inputs());
            turned.replaceAll((block, sum) -> sum + turned(seen.input(block), seen.output(block)));
            samples += batch.inputs().dim(0);
        }
        double count = samples;
        turned.replaceAll((block, sum) -> sum / count);
        return turned;
    }

    /** The sum of 1 − cosine over the rows. */
    private static double turned(Tensor input, Tensor output) {
        float[] x = Storage.array(input);
        float[] y = Storage.array(output);
        int width = x.length / Math.max(1, input.dim(0));
        double sum = 0;
        for (int row = 0; row < x.length; row += width) {
            double xy = 0;
            double xx = 0;
            double yy = 0;
            for (int i = row; i < row + width; i++) {
                xy += (double) x[i] * y[i];
                xx += (double) x[i] * x[i];
                yy += (double) y[i] * y[i];
            }
            boolean same = xx == 0 && yy == 0;
            sum += same ? 0 : xx == 0 || yy == 0 ? 1 : 1 - xy / Math.sqrt(xx * yy);
        }
        return sum;
    }

}
