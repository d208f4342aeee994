package org.espalier.nn.stress;

import java.util.Arrays;
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
import org.openjdk.jcstress.infra.results.I_Result;

/** A model that one thread makes and another finds in a plain field, without any synchronization. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "not there yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "complete")
@Outcome(expect = Expect.FORBIDDEN, desc = "half of a model")
@State
public class PublishedModel {
    private static final Sequential LAYERS = Sequential.of(
            Linear.of(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4), Tensor.vector(5, 6)), Activation.relu(),
            Linear.of(Tensor.of(Shape.of(1, 2), 1, -1), Tensor.vector(7)));
    /** 1·1 + 2·2 + 5 = 10 and 3·1 + 4·2 + 6 = 17, then 10 − 17 + 7. */
    private static final float[] EXPECTED = {0};

    InferenceModel model;

    /** Makes it. */
    @Actor
    public void make() {
        model = InferenceModel.of(LAYERS);
    }

    /** Uses it. */
    @Actor
    public void use(I_Result result) {
        var found = model;
        result.r1 = found == null ? -1 : Arrays.equals(EXPECTED, found.predict(1, 2)) ? 1 : 0;
    }
}
