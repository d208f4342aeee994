package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.nn.onnx.operator.Dims;
import org.espalier.nn.onnx.operator.Facts;

/**
 * What is known of the operands of an {@link OnnxOperator} that is given samples of known sizes, any number at once.
 *
 * @param sources where the operands come from
 * @param shapes of a sample of each value that is given
 */
record RowFacts(List<OnnxOperator.Source> sources, int[]... shapes) implements Facts {
    @Override
    public int count() {
        return sources.size();
    }

    @Override
    public boolean has(int input) {
        return input < sources.size() && !(sources.get(input) instanceof OnnxOperator.Source.Absent);
    }

    @Override
    public boolean isConstant(int input) {
        return !(sources.get(input) instanceof OnnxOperator.Source.Given);
    }

    @Override
    public DType type(int input) {
        return switch (sources.get(input)) {
            case OnnxOperator.Source.Given given -> given.type();
            case OnnxOperator.Source.Fixed fixed -> fixed.constant().type();
            default -> DType.F32;
        };
    }

    @Override
    public Optional<Dims> dims(int input) {
        return switch (sources.get(input)) {
            case OnnxOperator.Source.Given given -> Optional.of(sample(input));
            case OnnxOperator.Source.Fixed fixed -> Optional.of(Dims.of(fixed.constant().shape()));
            case OnnxOperator.Source.Held held -> Optional.of(Dims.of(held.parameter().shape()));
            case OnnxOperator.Source.Absent absent -> Optional.empty();
        };
    }

    private Dims sample(int input) {
        int given = (int) sources.subList(0, input).stream()
                .filter(OnnxOperator.Source.Given.class::isInstance)
                .count();
        var all = new ArrayList<Dim>();
        all.add(Dim.open("batch"));
        Arrays.stream(shapes[given]).mapToObj(Dim::of).forEach(all::add);
        return new Dims(all);
    }

    @Override
    public Optional<List<Dim>> integers(int input) {
        return sources.get(input) instanceof OnnxOperator.Source.Fixed(Constant constant) && !constant.type().isFloat()
                ? Optional.of(Arrays.stream(constant.integers()).mapToObj(Dim::of).toList())
                : Optional.empty();
    }
}
