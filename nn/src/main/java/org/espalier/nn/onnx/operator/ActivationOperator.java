package org.espalier.nn.onnx.operator;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.espalier.tensor.Tensor;

/**
 * An activation: a function of one number, element by element.
 *
 * @param name the operator's
 * @param settings its numbers, in the order of the operator's description
 * @param function what it computes
 */
public record ActivationOperator(String name, Settings settings, UnaryOperator<Tensor> function) implements SameShape {
    private static final float SELU_ALPHA = 1.67326319217681884765625f;
    private static final float SELU_GAMMA = 1.05070102214813232421875f;
    private static final float ROOT_TWO_OVER_PI = (float) Math.sqrt(2 / Math.PI);

    /** The numbers of an activation; 0 where it has none. */
    public record Settings(float first, float second) {}

    static void register(Operators all) {
        plain(all, "Relu", Tensor::relu);
        plain(all, "Sigmoid", Tensor::sigmoid);
        plain(all, "Tanh", Tensor::tanh);
        plain(all, "Softplus", Tensor::softplus);
        plain(all, "Softsign", x -> x.div(x.abs().plus(1)));
        plain(all, "HardSwish", x -> x.times(x.affine(1f / 6, 0.5f).clip(0, 1)));
        plain(all, "Mish", x -> x.times(x.softplus().tanh()));
        with(all, "LeakyRelu", "alpha", 0.01f, s -> x -> x.leakyRelu(s.first));
        with(all, "ThresholdedRelu", "alpha", 1, s -> x -> above(x, s.first));
        with(all, "Elu", "alpha", 1, s -> x -> elu(x, s.first, 1));
        with(all, "Celu", "alpha", 1, s -> x -> elu(x, s.first, s.first));
        with(all, "Swish", "alpha", 1, s -> x -> x.times(x.times(s.first).sigmoid()));
        with(all, "Selu", "alpha", SELU_ALPHA, "gamma", SELU_GAMMA,
                s -> x -> elu(x, s.first, 1).times(s.second));
        with(all, "HardSigmoid", "alpha", 0.2f, "beta", 0.5f, s -> x -> x.affine(s.first, s.second).clip(0, 1));
        with(all, "Shrink", "bias", 0, "lambd", 0.5f, s -> x -> shrink(x, s.first, s.second));
        all.add("Gelu", 1, attributes -> gelu(attributes.text("approximate", "none")));
    }

    private static void plain(Operators all, String name, UnaryOperator<Tensor> function) {
        all.add(name, 1, attributes -> {
            attributes.ignore("consumed_inputs");
            return new ActivationOperator(name, new Settings(0, 0), function);
        });
    }

    private static void with(Operators all, String name, String first, float otherwise,
            Function<Settings, UnaryOperator<Tensor>> function) {
        with(all, name, first, otherwise, "", 0, function);
    }

    private static void with(Operators all, String name, String first, float firstDefault, String second,
            float secondDefault, Function<Settings, UnaryOperator<Tensor>> function) {
        all.add(name, 1, attributes -> {
            attributes.ignore("consumed_inputs");
            var settings = new Settings(attributes.real(first, firstDefault),
                    second.isEmpty() ? 0 : attributes.real(second, secondDefault));
            return new ActivationOperator(name, settings, function.apply(settings));
        });
    }

    private static ActivationOperator gelu(String approximate) {
        return switch (approximate) {
            case "none" -> new ActivationOperator("Gelu", new Settings(0, 0), Tensor::gelu);
            case "tanh" -> new ActivationOperator("Gelu", new Settings(1, 0), ActivationOperator::geluTanh);
            default -> throw new IllegalArgumentException("approximate = \"" + approximate + "\" is not supported");
        };
    }

    private static Tensor geluTanh(Tensor x) {
        var inner = x.plus(x.times(x).times(x).times(0.044715f)).times(ROOT_TWO_OVER_PI);
        return x.times(0.5f).times(inner.tanh().plus(1));
    }

    /** x where positive, otherwise alpha·(exp(x / width) − 1). */
    private static Tensor elu(Tensor x, float alpha, float width) {
        var negative = x.minimum(Tensor.scalar(0)).times(1 / width);
        return Tensor.where(x.greater(0), x, negative.expm1().times(alpha));
    }

    private static Tensor above(Tensor x, float threshold) {
        return Tensor.where(x.greater(threshold), x, Tensor.scalar(0));
    }

    private static Tensor shrink(Tensor x, float bias, float lambda) {
        var low = Tensor.where(x.less(-lambda), x.plus(bias), Tensor.scalar(0));
        return Tensor.where(x.greater(lambda), x.minus(bias), low);
    }

    @Override
    public Tensor value(Operands in) {
        return function.apply(in.tensor(0));
    }

    @Override
    public boolean keepsRows(Facts in) {
        return in.known(0).rank() > 0;
    }
}
