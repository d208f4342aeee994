package org.espalier.prune.quantize;

import org.espalier.compressed.ActivationScale;
import org.espalier.prune.notation.Notation;

/**
 * From the least to the largest value: nothing seen in calibration is clipped (Jacob et al. 2018, arXiv 1712.05877).
 */
@Notation("min-max")
public record MinMax() implements Observer {
    @Override
    public ActivationScale scale(float[] values) {
        float[] range = Values.range(values);
        return ActivationScale.of(range[0], range[1]);
    }

}
