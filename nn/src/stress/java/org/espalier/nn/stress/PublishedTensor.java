package org.espalier.nn.stress;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A transposed tensor that one thread makes and another finds in a plain field. */
@JCStressTest
@Outcome(id = "(-1|1)", expect = Expect.ACCEPTABLE, desc = "not there yet, or complete")
@Outcome(expect = Expect.FORBIDDEN, desc = "half of a tensor")
@State
public class PublishedTensor {
    Tensor tensor;

    /** Makes [[1, 2], [3, 4]] transposed. */
    @Actor
    public void make() {
        tensor = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4).transpose();
    }

    /** Reads it. */
    @Actor
    public void read(I_Result result) {
        result.r1 = rows(tensor);
    }

    /** Whether the rows are 1 3 and 2 4. */
    private static int rows(Tensor found) {
        if (found == null) {
            return -1;
        }
        float[] all = found.toArray();
        return all[0] == 1 && all[1] == 3 && all[2] == 2 && all[3] == 4 ? 1 : 0;
    }
}
