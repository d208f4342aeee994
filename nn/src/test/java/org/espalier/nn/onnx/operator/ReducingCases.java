package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;

/** Operators that fold axes, normalize along them, or rank what is along them; values by hand. */
final class ReducingCases {
    private static final Shape MATRIX = Shape.of(2, 3);

    private ReducingCases() {}

    static List<OperatorCase> all() {
        var all = new ArrayList<OperatorCase>();
        folds(all);
        ranks(all);
        softmaxes(all);
        norms(all);
        return all;
    }

    private static OperatorCase x(String name) {
        return OperatorCase.of(name).given(MATRIX, 1.5f, -2.5f, 3.5f, 0.5f, 4.5f, -1.5f);
    }

    private static OperatorCase rows(String name) {
        return x(name).constant(1).with("keepdims", 0);
    }

    private static void folds(List<OperatorCase> all) {
        all.add(rows("ReduceSum").gives(2.5f, 3.5f));
        all.add(rows("ReduceMean").gives(2.5f / 3, 3.5f / 3));
        all.add(rows("ReduceMax").gives(3.5f, 4.5f));
        all.add(rows("ReduceMin").gives(-2.5f, -1.5f));
        all.add(rows("ReduceProd").gives(-13.125f, -3.375f));
        all.add(rows("ReduceL1").gives(7.5f, 6.5f));
        all.add(rows("ReduceSumSquare").gives(20.75f, 22.75f));
        all.add(rows("ReduceL2").gives((float) Math.sqrt(20.75), (float) Math.sqrt(22.75)));
        all.add(rows("ReduceLogSum").gives((float) Math.log(2.5), (float) Math.log(3.5)));
        all.add(rows("ReduceLogSumExp").gives((float) Math.log(Math.exp(1.5) + Math.exp(-2.5) + Math.exp(3.5)),
                (float) Math.log(Math.exp(0.5) + Math.exp(4.5) + Math.exp(-1.5))));
        float minus = Float.NEGATIVE_INFINITY;
        all.add(OperatorCase.of("ReduceLogSumExp").given(minus, minus).gives(Shape.of(1), minus));
        // the axes as an attribute, kept; all axes; none
        all.add(x("ReduceSum").opset(11).with("axes", new int[] {-2}).gives(Shape.of(1, 3), 2, 2, 2));
        all.add(x("ReduceMean").gives(Shape.of(1, 1), 1));
        all.add(x("ReduceMax").with("noop_with_empty_axes", 1).gives(MATRIX, 1.5f, -2.5f, 3.5f, 0.5f, 4.5f, -1.5f));
        all.add(OperatorCase.of("ReduceSum").given(DType.I64, Shape.of(2), 3, 4).gives(DType.I64, Shape.of(1), 7));
        all.add(x("CumSum").number(1).gives(MATRIX, 1.5f, -1, 2.5f, 0.5f, 5, 3.5f));
        all.add(x("CumSum").number(-1).with("exclusive", 1).with("reverse", 1).gives(MATRIX, 1, 3.5f, 0, 3, -1.5f, 0));
        all.add(x("CumSum").number(0).gives(MATRIX, 1.5f, -2.5f, 3.5f, 2, 2, 2));
    }

    private static void ranks(List<OperatorCase> all) {
        all.add(x("ArgMax").with("axis", 1).gives(DType.I64, Shape.of(2, 1), 2, 1));
        all.add(x("ArgMin").with("keepdims", 0).gives(DType.I64, Shape.of(3), 1, 0, 1));
        var ties = OperatorCase.of("ArgMax").given(2, 5, 5, 1);
        all.add(ties.gives(DType.I64, Shape.of(1), 1));
        all.add(ties.with("select_last_index", 1).gives(DType.I64, Shape.of(1), 2));
        all.add(OperatorCase.of("ArgMax").given(2, Float.NaN, 5).gives(DType.I64, Shape.of(1), 1));
        all.add(x("TopK").constant(2).gives(Shape.of(2, 2), 3.5f, 1.5f, 4.5f, 0.5f));
        all.add(x("TopK").constant(2).output(1, 2).gives(DType.I64, Shape.of(2, 2), 2, 0, 1, 0));
        all.add(x("TopK").constant(1).with("axis", 0).with("largest", 0).gives(Shape.of(1, 3), 0.5f, -2.5f, -1.5f));
        all.add(OperatorCase.of("TopK").opset(9).with("k", 2).given(5, 7, 7).output(1, 2)
                .gives(DType.I64, Shape.of(2), 1, 2));
    }

    private static void softmaxes(List<OperatorCase> all) {
        float ln3 = (float) Math.log(3);
        var x = OperatorCase.of("Softmax").given(Shape.of(2, 2), 0, ln3, ln3, 0);
        all.add(x.gives(Shape.of(2, 2), 0.25f, 0.75f, 0.75f, 0.25f));
        all.add(x.with("axis", 0).gives(Shape.of(2, 2), 0.25f, 0.75f, 0.75f, 0.25f));
        // before opset 13: all axes from the second on together
        all.add(x.opset(11).with("axis", 0).gives(Shape.of(2, 2), 0.125f, 0.375f, 0.375f, 0.125f));
        all.add(OperatorCase.of("Softmax").opset(11).given(Shape.of(1, 2, 2), 0, ln3, ln3, 0)
                .gives(Shape.of(1, 2, 2), 0.125f, 0.375f, 0.375f, 0.125f));
        all.add(OperatorCase.of("LogSoftmax").given(Shape.of(1, 2), 0, ln3)
                .gives(Shape.of(1, 2), (float) Math.log(0.25), (float) Math.log(0.75)));
        all.add(x("Hardmax").gives(MATRIX, 0, 0, 1, 0, 1, 0));
        all.add(OperatorCase.of("Hardmax").given(2, 7, 7).gives(0, 1, 0));
    }

    private static void norms(List<OperatorCase> all) {
        // mean 1, variance (0.25 + 12.25 + 6.25) / 3 of the first column of three
        float[] rows = {0.5f, 2.5f, -1.5f, 0.5f};
        var two = Shape.of(2, 2);
        all.add(OperatorCase.of("BatchNormalization").with("epsilon", 0f).given(two, rows.clone())
                .given(2, 3).given(10, 20).given(0.5f, 1).given(4, 0.25f).gives(two, 10, 29, 8, 17));
        // rows of deviation 1: mean 1.5 and −0.5
        var layer = OperatorCase.of("LayerNormalization").with("epsilon", 0f).given(two, rows.clone()).given(2, 3);
        all.add(layer.given(10, 20).gives(two, 8, 23, 8, 23));
        all.add(layer.gives(two, -2, 3, -2, 3));
        all.add(layer.output(1, 3).gives(Shape.of(2, 1), 1.5f, -0.5f));
        all.add(layer.output(2, 3).gives(Shape.of(2, 1), 1, 1));
        all.add(OperatorCase.of("RMSNormalization").with("epsilon", 0f).given(Shape.of(1, 2), 3.5f, 3.5f).given(2, 4)
                .gives(Shape.of(1, 2), 2, 4));
        all.add(OperatorCase.of("InstanceNormalization").with("epsilon", 0f).given(Shape.of(1, 2, 2), rows.clone())
                .given(2, 3).given(10, 20).gives(Shape.of(1, 2, 2), 8, 12, 17, 23));
        all.add(OperatorCase.of("LpNormalization").given(Shape.of(1, 2), 1.5f, -2).gives(Shape.of(1, 2), 0.6f, -0.8f));
        all.add(OperatorCase.of("LpNormalization").with("p", 1).with("axis", 0).given(Shape.of(2, 1), 1.5f, -0.5f)
                .gives(Shape.of(2, 1), 0.75f, -0.25f));
        all.add(OperatorCase.of("MeanVarianceNormalization").with("axes", new int[] {1}).given(two, rows.clone())
                .gives(two, -1, 1, -1, 1));
        all.add(OperatorCase.of("ai.onnx.ml.Normalizer").with("norm", "L2").given(Shape.of(2, 2), 3.5f, 0, 1.5f, 2)
                .gives(Shape.of(2, 2), 1, 0, 0.6f, 0.8f));
        all.add(OperatorCase.of("ai.onnx.ml.Normalizer").with("norm", "L1").given(Shape.of(1, 2), 1.5f, -0.5f)
                .gives(Shape.of(1, 2), 0.75f, -0.25f));
        all.add(OperatorCase.of("ai.onnx.ml.Normalizer").given(Shape.of(2, 2), 1.5f, 3, 0, 0)
                .gives(Shape.of(2, 2), 0.5f, 1, 0, 0));
    }
}
