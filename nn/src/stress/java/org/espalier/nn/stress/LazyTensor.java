package org.espalier.nn.stress;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A transposed tensor, whose elements are put in order when they are first read: by two threads at once. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both see all of it")
@Outcome(expect = Expect.FORBIDDEN, desc = "half of a tensor")
@State
public class LazyTensor {
    private final Tensor tensor = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4).transpose();

    /** One reader. */
    @Actor
    public void first(II_Result result) {
        result.r1 = read(tensor);
    }

    /** Another reader. */
    @Actor
    public void second(II_Result result) {
        result.r2 = read(tensor);
    }

    /** Whether the rows are 1 3 and 2 4. */
    private static int read(Tensor found) {
        float[] all = found.toArray();
        return all[0] == 1 && all[1] == 3 && all[2] == 2 && all[3] == 4 ? 1 : 0;
    }
}
