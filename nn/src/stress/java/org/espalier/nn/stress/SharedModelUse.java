package org.espalier.nn.stress;

import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads predict different rows with one model at the same time. */
@JCStressTest
@Outcome(id = "3, 7", expect = Expect.ACCEPTABLE, desc = "each has its own answer")
@Outcome(expect = Expect.FORBIDDEN, desc = "answers are mixed")
@State
public class SharedModelUse {
    /** The sum of two inputs. */
    private static final InferenceModel MODEL = InferenceModel.of(Sequential.of(
            Linear.of(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1), Tensor.vector(0, 0)), Activation.relu(),
            Linear.of(Tensor.of(Shape.of(1, 2), 1, 1), Tensor.vector(0))));

    /** One row. */
    @Actor
    public void first(II_Result result) {
        result.r1 = (int) MODEL.predict(1, 2)[0];
    }

    /** Another row. */
    @Actor
    public void second(II_Result result) {
        result.r2 = (int) MODEL.predict(3, 4)[0];
    }
}
