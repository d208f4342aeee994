package org.espalier.nn.onnx;

import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.nn.LayerKinds;

/** Lets model files with an {@link OnnxOperator} be read without naming its kind; found by the service loader. */
public final class OnnxOperatorKind implements LayerKinds.Provider {
    @Override
    public String kind() {
        return OnnxOperator.KIND;
    }

    @Override
    public OnnxOperator build(Blueprint plan) throws FormatException {
        return OnnxOperator.build(plan);
    }
}
