package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;

/** Operators that move elements, and that make values of sizes; values by hand. */
final class MovingCases {
    private static final Shape MATRIX = Shape.of(2, 3);

    private MovingCases() {}

    static List<OperatorCase> all() {
        var all = new ArrayList<OperatorCase>();
        shapes(all);
        parts(all);
        picks(all);
        pads(all);
        sizes(all);
        return all;
    }

    private static OperatorCase x(String name) {
        return OperatorCase.of(name).given(MATRIX, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f);
    }

    private static OperatorCase same(OperatorCase one, Shape shape) {
        return one.gives(shape, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f);
    }

    private static void shapes(List<OperatorCase> all) {
        all.add(same(x("Identity"), MATRIX));
        all.add(same(x("ai.onnx.ml.ZipMap"), MATRIX));
        all.add(same(x("Dropout"), MATRIX));
        all.add(x("Dropout").output(1, 2).gives(DType.BOOL, MATRIX, 1, 1, 1, 1, 1, 1));
        all.add(same(x("Reshape").constant(3, -1), Shape.of(3, 2)));
        all.add(same(x("Reshape").constant(0, 1, 3), Shape.of(2, 1, 3)));
        all.add(OperatorCase.of("Reshape").with("allowzero", 1).given(Shape.of(2, 0)).constant(0, 5)
                .gives(Shape.of(0, 5)));
        all.add(same(x("Flatten").with("axis", 0), Shape.of(1, 6)));
        all.add(same(x("Flatten").with("axis", 2), Shape.of(6, 1)));
        all.add(same(x("Flatten"), MATRIX));
        all.add(x("Transpose").gives(Shape.of(3, 2), 1.5f, 4.5f, 2.5f, 5.5f, 3.5f, 6.5f));
        all.add(OperatorCase.of("Transpose").with("perm", 1, 0, 2).given(Shape.of(2, 2, 1), 1.5f, 2.5f, 3.5f, 4.5f)
                .gives(Shape.of(2, 2, 1), 1.5f, 3.5f, 2.5f, 4.5f));
        all.add(same(x("Unsqueeze").constant(0, -1), Shape.of(1, 2, 3, 1)));
        all.add(same(x("Unsqueeze").opset(11).with("axes", new int[] {1}), Shape.of(2, 1, 3)));
        var three = OperatorCase.of("Squeeze").given(Shape.of(1, 2, 1), 1.5f, 2.5f);
        all.add(three.gives(1.5f, 2.5f));
        all.add(three.constant(-1).gives(Shape.of(1, 2), 1.5f, 2.5f));
        all.add(three.opset(11).with("axes", new int[] {0}).gives(Shape.of(2, 1), 1.5f, 2.5f));
    }

    private static void parts(List<OperatorCase> all) {
        all.add(x("Concat").with("axis", -1).given(Shape.of(2, 1), 8.5f, 9.5f)
                .gives(Shape.of(2, 4), 1.5f, 2.5f, 3.5f, 8.5f, 4.5f, 5.5f, 6.5f, 9.5f));
        all.add(OperatorCase.of("ai.onnx.ml.FeatureVectorizer").given(Shape.of(1, 2), 1.5f, 2.5f)
                .given(Shape.of(1, 1), 3.5f).gives(Shape.of(1, 3), 1.5f, 2.5f, 3.5f));
        all.add(x("Split").with("axis", 1).constant(1, 2).output(1, 2).gives(Shape.of(2, 2), 2.5f, 3.5f, 5.5f, 6.5f));
        all.add(x("Split").opset(11).with("axis", 1).with("split", 2, 1).output(0, 2)
                .gives(Shape.of(2, 2), 1.5f, 2.5f, 4.5f, 5.5f));
        // three in two parts: two and one
        all.add(x("Split").with("axis", 1).with("num_outputs", 2).output(1, 2).gives(Shape.of(2, 1), 3.5f, 6.5f));
        all.add(x("Slice").constant(1).constant(3).constant(1).gives(Shape.of(2, 2), 2.5f, 3.5f, 5.5f, 6.5f));
        all.add(x("Slice").constant(0, 1).constant(2, Long.MAX_VALUE).gives(Shape.of(2, 2), 2.5f, 3.5f, 5.5f, 6.5f));
        all.add(x("Slice").constant(-1).constant(Long.MIN_VALUE).constant(1).constant(-1)
                .gives(MATRIX, 3.5f, 2.5f, 1.5f, 6.5f, 5.5f, 4.5f));
        all.add(x("Slice").constant(0).constant(100).constant(-1).constant(2)
                .gives(Shape.of(2, 2), 1.5f, 3.5f, 4.5f, 6.5f));
        all.add(x("Slice").constant(5).constant(9).constant(1).gives(Shape.of(2, 0)));
        all.add(x("Slice").opset(9).with("starts", new int[] {1}).with("ends", new int[] {2})
                .gives(Shape.of(1, 3), 4.5f, 5.5f, 6.5f));
    }

    private static void picks(List<OperatorCase> all) {
        all.add(x("Gather").with("axis", 1).constant(-1, 0).gives(Shape.of(2, 2), 3.5f, 1.5f, 6.5f, 4.5f));
        all.add(x("Gather").number(1).gives(4.5f, 5.5f, 6.5f));
        all.add(x("Gather").given(DType.I64, Shape.of(1, 2), 1, 1)
                .gives(Shape.of(1, 2, 3), 4.5f, 5.5f, 6.5f, 4.5f, 5.5f, 6.5f));
        all.add(x("GatherElements").with("axis", 1).given(DType.I64, Shape.of(2, 2), 2, 0, -3, 1)
                .gives(Shape.of(2, 2), 3.5f, 1.5f, 4.5f, 5.5f));
        all.add(x("GatherElements").given(DType.I64, Shape.of(1, 3), 1, 0, 1).gives(Shape.of(1, 3), 4.5f, 2.5f, 6.5f));
        all.add(x("GatherND").given(DType.I64, Shape.of(2, 2), 0, 1, 1, -1).gives(2.5f, 6.5f));
        all.add(x("GatherND").given(DType.I64, Shape.of(1, 1), 1).gives(Shape.of(1, 3), 4.5f, 5.5f, 6.5f));
        all.add(x("GatherND").with("batch_dims", 1).given(DType.I64, Shape.of(2, 1), 2, 0).gives(3.5f, 4.5f));
        all.add(x("ai.onnx.ml.ArrayFeatureExtractor").constant(2, 0).gives(Shape.of(2, 2), 3.5f, 1.5f, 6.5f, 4.5f));
        all.add(OperatorCase.of("ai.onnx.ml.ArrayFeatureExtractor").given(1.5f, 2.5f).constant(1, 1, 0)
                .gives(Shape.of(1, 3), 2.5f, 2.5f, 1.5f));
        var indices = OperatorCase.of("OneHot").given(DType.I64, Shape.of(2), 1, -1).number(3).given(-1, 4);
        all.add(indices.gives(Shape.of(2, 3), -1, 4, -1, -1, -1, 4));
        all.add(indices.with("axis", 0).gives(Shape.of(3, 2), -1, -1, 4, -1, -1, 4));
        all.add(OperatorCase.of("OneHot").given(DType.I64, Shape.of(1), 7).number(2).given(0, 1)
                .gives(Shape.of(1, 2), 0, 0));
    }

    private static void pads(List<OperatorCase> all) {
        var row = OperatorCase.of("Pad").given(Shape.of(1, 3), 1.5f, 2.5f, 3.5f);
        all.add(row.constant(0, 1, 0, 2).gives(Shape.of(1, 6), 0, 1.5f, 2.5f, 3.5f, 0, 0));
        all.add(row.constant(0, 1, 0, -1).given(Shape.scalar(), 9).gives(Shape.of(1, 3), 9, 1.5f, 2.5f));
        all.add(row.opset(9).with("pads", 0, 0, 0, 1).with("value", 7f).gives(Shape.of(1, 4), 1.5f, 2.5f, 3.5f, 7));
        all.add(row.constant(0, 2, 0, 1).with("mode", "reflect")
                .gives(Shape.of(1, 6), 3.5f, 2.5f, 1.5f, 2.5f, 3.5f, 2.5f));
        all.add(row.constant(0, 2, 0, 1).with("mode", "edge")
                .gives(Shape.of(1, 6), 1.5f, 1.5f, 1.5f, 2.5f, 3.5f, 3.5f));
        all.add(row.constant(0, 2, 0, 1).with("mode", "wrap")
                .gives(Shape.of(1, 6), 2.5f, 3.5f, 1.5f, 2.5f, 3.5f, 1.5f));
        all.add(row.constant(1, 0).absent().constant(1).gives(Shape.of(1, 4), 0, 1.5f, 2.5f, 3.5f));
        all.add(OperatorCase.of("Expand").given(Shape.of(2, 1), 1.5f, 2.5f).constant(2)
                .gives(Shape.of(2, 2), 1.5f, 1.5f, 2.5f, 2.5f));
        all.add(OperatorCase.of("Expand").given(1.5f, 2.5f).constant(2, 1)
                .gives(Shape.of(2, 2), 1.5f, 2.5f, 1.5f, 2.5f));
        all.add(OperatorCase.of("Tile").given(Shape.of(1, 2), 1.5f, 2.5f).constant(2, 2)
                .gives(Shape.of(2, 4), 1.5f, 2.5f, 1.5f, 2.5f, 1.5f, 2.5f, 1.5f, 2.5f));
    }

    private static void sizes(List<OperatorCase> all) {
        all.add(x("Shape").gives(DType.I64, Shape.of(2), 2, 3));
        all.add(x("Shape").with("start", -1).gives(DType.I64, Shape.of(1), 3));
        all.add(x("Shape").with("end", 1).gives(DType.I64, Shape.of(1), 2));
        all.add(x("Size").gives(DType.I64, Shape.scalar(), 6));
        all.add(OperatorCase.of("ConstantOfShape").constant(1, 2).gives(Shape.of(1, 2), 0, 0));
        all.add(OperatorCase.of("ConstantOfShape").with("value", Constant.integers(DType.I64, Shape.of(1), 5))
                .constant(2)
                .gives(DType.I64, Shape.of(2), 5, 5));
        all.add(OperatorCase.of("Range").given(Shape.scalar(), 1.5f).given(Shape.scalar(), 4).given(Shape.scalar(), 1)
                .gives(1.5f, 2.5f, 3.5f));
        all.add(OperatorCase.of("Range").number(7).number(1).number(-3).gives(DType.I64, Shape.of(2), 7, 4));
        all.add(x("EyeLike").gives(MATRIX, 1, 0, 0, 0, 1, 0));
        all.add(x("EyeLike").with("k", 1).with("dtype", 7).gives(DType.I64, MATRIX, 0, 1, 0, 0, 0, 1));
    }
}
