package org.espalier.nn.onnx.operator;

import java.util.List;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * The linear models of the domain of classical machine learning: x·Wᵀ + b, and a function of that.
 *
 * @param weight the coefficients, row by row
 * @param intercepts one per row, or none
 * @param transform what becomes of the sums
 * @param labels of the classes if the label is wanted, otherwise null
 */
public record LinearModel(float[] weight, float[] intercepts, Transform transform, long[] labels)
        implements Operator {
    /** What becomes of the sums. */
    public enum Transform {
        /** Nothing. */
        NONE,
        /** The logistic function of each. */
        LOGISTIC,
        /** The softmax of all. */
        SOFTMAX
    }

    static void register(Operators all) {
        all.addMl("LinearRegressor", attributes -> {
            long targets = attributes.integer("targets", 1);
            return of(attributes, targets, null);
        });
        all.addMl("LinearClassifier", LinearModel::classifier);
    }

    private static LinearModel classifier(Attributes attributes) {
        attributes.ignore("multi_class");
        var labels = attributes.integers("classlabels_ints");
        var texts = attributes.texts("classlabels_strings");
        if (attributes.output() == 0 && labels.isEmpty()) {
            throw new IllegalArgumentException("its labels are strings: use its second output, the scores of "
                    + texts.map(List::toString).orElse("unnamed classes"));
        }
        int classes = labels.map(all -> all.length).or(() -> texts.map(List::size)).orElse(0);
        return of(attributes, classes, attributes.output() == 0 ? labels.orElseThrow() : null);
    }

    private static LinearModel of(Attributes attributes, long rows, long[] labels) {
        float[] weight = attributes.reals("coefficients").orElse(new float[0]);
        float[] intercepts = attributes.reals("intercepts").orElse(new float[0]);
        int biases = intercepts.length;
        if (rows < 1 || rows > weight.length || weight.length % rows != 0
                || biases != 0 && biases != rows) {
            throw new IllegalArgumentException(weight.length + " coefficients and " + biases
                    + " intercepts are not those of " + rows + " outputs with a row each");
        }
        var name = attributes.text("post_transform", "NONE");
        for (var transform : Transform.values()) {
            if (transform.name().equals(name)) {
                float[] bias = biases == 0 ? new float[(int) rows] : intercepts;
                return new LinearModel(weight, bias, transform, labels);
            }
        }
        throw new IllegalArgumentException("post_transform = \"" + name + "\" is not supported");
    }

    /** The coefficients, [out, in]. */
    public Tensor matrix() {
        return Tensor.of(Shape.of(intercepts.length, weight.length / intercepts.length), weight);
    }

    @Override
    public Tensor value(Operands in) {
        var x = in.tensor(0).rank() == 1 ? in.tensor(0).unsqueeze(0) : in.tensor(0);
        var sums = x.linear(matrix(), Tensor.vector(intercepts));
        if (labels != null) {
            var indices = new Extreme(true, -1, false, false)
                    .value(new Operands(List.of(new Operand.Computed(sums, DType.F32))));
            var table = Constant.integers(DType.I64, Shape.of(labels.length), labels).tensor();
            long[] places = new Operand.Computed(indices, DType.I64).integers();
            return Picking.at(table, Picking.resolved(labels.length, places), indices.shape());
        }
        return switch (transform) {
            case NONE -> sums;
            case LOGISTIC -> sums.sigmoid();
            case SOFTMAX -> sums.softmax();
        };
    }

    @Override
    public DType type(Facts in) {
        return labels != null ? DType.I64 : DType.F32;
    }

    @Override
    public Optional<Dims> dims(Facts in) {
        return in.dims(0).filter(x -> x.rank() == 2).map(x -> labels != null
                ? Dims.of(x.get(0))
                : Dims.of(x.get(0), Dim.of(intercepts.length)));
    }

    @Override
    public boolean keepsRows(Facts in) {
        return in.known(0).rank() > 1;
    }
}
