package org.espalier.nn.onnx.operator;

import java.util.List;
import org.espalier.io.DType;

/** What is known of the inputs of an operator before anything is computed. */
public interface Facts {
    /** How many inputs there are, those left out included. */
    int count();

    /** Whether an input is there. */
    boolean has(int input);

    /** Whether an input is a constant. */
    boolean isConstant(int input);

    /** An input's element type. */
    DType type(int input);

    /** An input's sizes, or null. */
    Dims dims(int input);

    /** An input's elements, or null unless they are constant integers or computed from sizes alone. */
    List<Dim> integers(int input);
}
