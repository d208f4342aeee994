package org.espalier.nn.onnx.operator;

import java.util.Optional;

/** An operator whose result has the sizes of its first input. */
interface SameShape extends Operator {
    @Override
    default Optional<Dims> dims(Facts in) {
        return in.dims(0);
    }
}
