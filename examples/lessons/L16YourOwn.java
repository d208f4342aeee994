// Lesson 16: your own operation, your own layer, your own criterion. Each is a few lines.
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Scores;
import org.espalier.tensor.CustomOp;
import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Op;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** An operation: log(1 + x²), with its gradient g·2x / (1 + x²), which is written in operations. */
record Cauchy() implements CustomOp {
    public Shape shape(Shape... inputs) {
        return inputs[0];
    }

    public void forward(float[] out, Tensor... inputs) {
        float[] x = Storage.array(inputs[0]);
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) StrictMath.log1p(x[i] * x[i]);
        }
    }

    public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
        return g.times(inputs[0].times(2)).div(inputs[0].square().plus(1));
    }
}

void main() {
    double error = GradCheck.check(in -> Op.apply(new Cauchy(), in).sum(), Tensor.vector(-1, 0.5f, 2)).error();
    IO.println("the gradient of the new operation differs from trying by " + error);

    Layer cauchy = (x, mode) -> Op.apply(new Cauchy(), x);  // a layer is a function: it trains and is served
    var model = Sequential.of(Linear.of(4, 6), cauchy, Linear.of(6, 2));
    IO.println("the new layer answers " + model.forward(Rng.of(1).normal(Shape.of(1, 4), 1)));

    // A criterion says how much each weight matters. This one likes weights that are far from the mean of all.
    var farOut = Criterion.ofEach("far from the mean", weight -> {
        float[] w = weight.elements();
        double mean = IntStream.range(0, w.length).mapToDouble(i -> w[i]).average().orElse(0);
        return Scores.sum(IntStream.range(0, w.length).mapToDouble(i -> Math.abs(w[i] - mean)).toArray());
    });
    var plan = Unstructured.perLayer(farOut).sparsity(0.5).plan(model);
    plan.apply();
    model.parameters().forEach((name, parameter) -> IO.println(name + ": " + parameter.mask().orElse(null)));
    boolean halved = model.parameters().firstEntry().getValue().mask().orElseThrow().kept() == 12;
    IO.println("See: " + (error < 5e-3 && halved ? "operation, layer and criterion work like those of the library."
            : "something is wrong."));
}
// Exercise: a criterion that keeps what grew most while training needs the first weights. Where would you keep them?
// Solution: in the lambda: var first = EarlyWeights.of(model) before training; score |w| − |first|.
