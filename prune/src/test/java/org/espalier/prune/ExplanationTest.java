package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.nn.Linear;
import org.espalier.prune.criterion.Criterion;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void ofEqualScoresTheFirstHasTheLowerRankAndGoesFirst() {
        var layer = Linear.of(Tensor.matrix(new float[] {1, 1, 1}), Tensor.vector(0));
        Criterion same = context -> context.forEach(target -> units -> new double[] {5, 5, 5});
        var plan = Unstructured.perLayer(same).sparsity(0.34).plan(layer);

        assertEquals(new Explanation("", 0, Explanation.Fate.REMOVED, 5, 1, 3, 5), plan.explain("", 0));
        assertEquals(new Explanation("", 2, Explanation.Fate.KEPT, 5, 3, 3, 5), plan.explain("", 2));
    }
}
