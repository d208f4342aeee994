package org.espalier.nn.onnx.operator;

import java.util.List;
import java.util.Optional;
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

    /** An input's sizes, if they are known. */
    Optional<Dims> dims(int input);

    /** An input's elements, if they are constant integers or computed from sizes alone. */
    Optional<List<Dim>> integers(int input);

    /** The sizes of an input, where they are known to be known. */
    default Dims known(int input) {
        return dims(input).orElseThrow();
    }

    /** An input's elements, if they are constant integers. */
    default Optional<long[]> numbers(int input) {
        return integers(input)
                .filter(dims -> dims.stream().allMatch(Dim::isKnown))
                .map(dims -> dims.stream().mapToLong(Dim::factor).toArray());
    }

    /** The numbers of an attribute if it is there, otherwise those of an input if it is there. */
    default Optional<long[]> numbers(long[] attribute, int input) {
        return attribute != null ? Optional.of(attribute) : has(input) ? numbers(input) : Optional.empty();
    }
}
