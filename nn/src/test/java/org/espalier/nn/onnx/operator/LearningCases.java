package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;

/** Products, and the domain of classical machine learning; values by hand. */
final class LearningCases {
    private static final Shape TWO = Shape.of(2, 2);

    private LearningCases() {}

    static List<OperatorCase> all() {
        var all = new ArrayList<OperatorCase>();
        products(all);
        equations(all);
        preprocessing(all);
        models(all);
        return all;
    }

    private static OperatorCase a(String name) {
        return OperatorCase.of(name).given(TWO, 1.5f, 2.5f, 3.5f, 4.5f);
    }

    private static void products(List<OperatorCase> all) {
        var b = Shape.of(2, 1);
        all.add(a("MatMul").given(b, 10, 100).gives(b, 265, 485));
        all.add(a("MatMul").given(10, 100).gives(265, 485));
        all.add(OperatorCase.of("MatMul").given(10.5f, 100.5f).given(TWO, 1, 2, 3, 4).gives(312, 423));
        all.add(OperatorCase.of("MatMul").given(1.5f, 2.5f).given(4, 8).gives(Shape.scalar(), 26));
        all.add(OperatorCase.of("MatMul").given(Shape.of(2, 1, 2), 1.5f, 2.5f, 3.5f, 4.5f).given(b, 10, 100)
                .gives(Shape.of(2, 1, 1), 265, 485));
        all.add(a("Gemm").given(b, 10, 100).gives(b, 265, 485));
        all.add(a("Gemm").given(Shape.of(1, 2), 10, 100).with("transB", 1).given(5).gives(b, 270, 490));
        all.add(a("Gemm").given(b, 10, 100).with("transA", 1).with("alpha", 2f).with("beta", 0.5f).given(b, 2, 4)
                .gives(b, 731, 952));
    }

    private static void equations(List<OperatorCase> all) {
        all.add(a("Einsum").with("equation", "ij->ji").gives(TWO, 1.5f, 3.5f, 2.5f, 4.5f));
        all.add(a("Einsum").with("equation", "ij->i").gives(4, 8));
        all.add(a("Einsum").with("equation", "ii").gives(Shape.scalar(), 6));
        all.add(a("Einsum").with("equation", "...ii->...i").gives(1.5f, 4.5f));
        all.add(a("Einsum").with("equation", "ij, jk -> ik").given(TWO, 1, 0, 0, 2).gives(TWO, 1.5f, 5, 3.5f, 9));
        all.add(a("Einsum").with("equation", "ij,jk").given(TWO, 1, 0, 0, 2).gives(TWO, 1.5f, 5, 3.5f, 9));
        all.add(OperatorCase.of("Einsum").with("equation", "i,j,k->jki").given(1.5f, 2.5f).given(10).given(3)
                .gives(Shape.of(1, 1, 2), 45, 75));
        // the ellipsis of the first has size 1 where that of the second has 2
        all.add(OperatorCase.of("Einsum").with("equation", "...i,...i->...").given(Shape.of(1, 2), 1.5f, 2.5f)
                .given(TWO, 1, 0, 0, 1).gives(1.5f, 2.5f));
    }

    private static void preprocessing(List<OperatorCase> all) {
        String ml = "ai.onnx.ml.";
        all.add(a(ml + "Scaler").with("offset", 1f, 2f).with("scale", 2f, 10f).gives(TWO, 1, 5, 5, 25));
        all.add(a(ml + "Scaler").with("scale", new float[] {2}).gives(TWO, 3, 5, 7, 9));
        all.add(a(ml + "Binarizer").with("threshold", 2.5f).gives(TWO, 0, 0, 1, 1));
        all.add(OperatorCase.of(ml + "Imputer").with("replaced_value_float", Float.NaN)
                .with("imputed_value_floats", 7f, 8f).given(TWO, Float.NaN, 2.5f, 3.5f, Float.NaN)
                .gives(TWO, 7, 2.5f, 3.5f, 8));
        all.add(OperatorCase.of(ml + "Imputer").with("replaced_value_int64", 9).with("imputed_value_int64s",
                new int[] {4})
                .given(DType.I64, TWO, 9, 1, 2, 9).gives(DType.I64, TWO, 4, 1, 2, 4));
        all.add(OperatorCase.of(ml + "OneHotEncoder").with("cats_int64s", 3, 5).given(DType.I64, Shape.of(3), 5, 3, 4)
                .gives(Shape.of(3, 2), 0, 1, 1, 0, 0, 0));
        all.add(OperatorCase.of(ml + "LabelEncoder").with("keys_int64s", 3, 5).with("values_floats", 0.5f, 2.5f)
                .with("default_float", 9f).given(DType.I64, Shape.of(3), 5, 3, 4).gives(2.5f, 0.5f, 9));
        all.add(OperatorCase.of(ml + "LabelEncoder").with("keys_floats", 0.5f, 2.5f).with("values_int64s", 7, 8)
                .given(2.5f, 1f).gives(DType.I64, Shape.of(2), 8, -1));
    }

    private static void models(List<OperatorCase> all) {
        var regressor = OperatorCase.of("ai.onnx.ml.LinearRegressor").given(TWO, 1.5f, 2.5f, 3.5f, 4.5f);
        all.add(regressor.with("coefficients", 10f, 100f).with("intercepts", new float[] {5})
                .gives(Shape.of(2, 1), 270, 490));
        all.add(regressor.with("coefficients", 10f, 100f, 1f, 0f).with("targets", 2)
                .gives(TWO, 265, 1.5f, 485, 3.5f));
        float ln3 = (float) Math.log(3);
        var classifier = OperatorCase.of("ai.onnx.ml.LinearClassifier").given(TWO, ln3, 0.0f, 0.0f, ln3)
                .with("coefficients", 1f, 0f, 0f, 1f).with("classlabels_ints", 4, 9);
        all.add(classifier.output(0, 2).gives(DType.I64, Shape.of(2), 4, 9));
        all.add(classifier.output(1, 2).gives(TWO, ln3, 0, 0, ln3));
        all.add(classifier.output(1, 2).with("post_transform", "SOFTMAX").gives(TWO, 0.75f, 0.25f, 0.25f, 0.75f));
        all.add(classifier.output(1, 2).with("post_transform", "LOGISTIC").gives(TWO, 0.75f, 0.5f, 0.5f, 0.75f));
    }
}
