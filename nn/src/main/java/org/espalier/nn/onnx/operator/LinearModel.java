package org.espalier.nn.onnx.operator;

import java.util.List;
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
        long[] labels = attributes.integers("classlabels_ints");
        List<String> texts = attributes.texts("classlabels_strings");
        int classes = labels != null ? labels.length : texts != null ? texts.size() : 0;
        if (attributes.output() == 0 && labels == null) {
            throw new IllegalArgumentException("its labels are strings: use its second output, the scores of "
                    + (texts == null ? "unnamed classes" : texts.toString()));
        }
        return of(attributes, classes, attributes.output() == 0 ? labels : null);
    }

    private static LinearModel of(Attributes attributes, long rows, long[] labels) {
        float[] weight = attributes.reals("coefficients");
        float[] intercepts = attributes.reals("intercepts");
        int biases = intercepts == null ? 0 : intercepts.length;
        if (weight == null || rows < 1 || rows > weight.length || weight.length % rows != 0
                || biases != 0 && biases != rows) {
            throw new IllegalArgumentException((weight == null ? 0 : weight.length) + " coefficients and " + biases
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
    public Dims dims(Facts in) {
        var x = in.dims(0);
        if (x == null || x.rank() != 2) {
            return null;
        }
        return labels != null ? Dims.of(x.get(0)) : Dims.of(x.get(0), Dim.of(intercepts.length));
    }

    @Override
    public boolean keepsRows(Facts in) {
        return in.dims(0).rank() > 1;
    }
}
