package org.espalier.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Samples and references of the {@link Unary} ops. */
final class UnaryCases {
    private UnaryCases() {}

    private interface Formula<O> {
        double y(O op, double x);
    }

    static List<OpCase<?>> all() {
        return List.of(
                map(Unary.Scale.class, v -> new Unary.Scale(number(v)), (op, x) -> op.factor() * x),
                map(Unary.Affine.class, v -> new Unary.Affine(number(v), number(v)),
                        (op, x) -> op.scale() * x + op.shift()),
                map(Unary.Negate.class, v -> new Unary.Negate(), (op, x) -> -x),
                map(Unary.Abs.class, v -> new Unary.Abs(), (op, x) -> Math.abs(x)).on(awayFrom(0)),
                map(Unary.Sign.class, v -> new Unary.Sign(), (op, x) -> Math.signum(x)).on(halves()),
                map(Unary.Round.class, v -> new Unary.Round(), (op, x) -> Math.rint(x)).on(halves()),
                map(Unary.Square.class, v -> new Unary.Square(), (op, x) -> x * x),
                map(Unary.Sqrt.class, v -> new Unary.Sqrt(), (op, x) -> Math.sqrt(x)).on(positive()),
                map(Unary.Power.class, v -> new Unary.Power(v.oneOf(-1, 0, 0.5f, 1, 2, 2.5f, 3)),
                        (op, x) -> StrictMath.pow(x, op.exponent())).on(positive()),
                map(Unary.Exp.class, v -> new Unary.Exp(), (op, x) -> StrictMath.exp(x)),
                map(Unary.Log.class, v -> new Unary.Log(), (op, x) -> StrictMath.log(x)).on(positive()),
                map(Unary.Tanh.class, v -> new Unary.Tanh(), (op, x) -> StrictMath.tanh(x)).on(wide()),
                map(Unary.Sigmoid.class, v -> new Unary.Sigmoid(), (op, x) -> 1 / (1 + StrictMath.exp(-x))).on(wide()),
                map(Unary.Erf.class, v -> new Unary.Erf(), (op, x) -> Doubles.erf(x)),
                map(Unary.Relu.class, v -> new Unary.Relu(), (op, x) -> Math.max(x, 0)).on(awayFrom(0)),
                map(Unary.LeakyRelu.class, v -> new Unary.LeakyRelu(v.oneOf(0.01f, 0.2f, 1)),
                        (op, x) -> x > 0 ? x : op.slope() * x).on(awayFrom(0)),
                map(Unary.Gelu.class, v -> new Unary.Gelu(), (op, x) -> gelu(x)),
                map(Unary.Softplus.class, v -> new Unary.Softplus(), (op, x) -> softplus(x)).on(wide()),
                map(Unary.Clip.class, v -> new Unary.Clip(-0.75f, v.oneOf(0.5f, Float.POSITIVE_INFINITY)),
                        (op, x) -> Math.min(Math.max(x, op.low()), op.high())).on(awayFrom(-0.75, 0.5)));
    }

    private static <O extends Unary> OpCase<O> map(Class<O> type, Function<Values, O> maker, Formula<O> formula) {
        var shape = Shape.of(2, 3);
        return new OpCase<O>(
                type,
                (values, shapes) -> maker.apply(values),
                Values.EDGES.stream().map(edge -> new Shape[] {edge}).toList(),
                values -> new Shape[] {values.shape(0)},
                (op, x, shapes) -> Arrays.stream(x[0]).map(each -> formula.y(op, each)).toArray())
                .refuses(
                        new OpCase.Refusal(maker.apply(new Values(1))),
                        new OpCase.Refusal(maker.apply(new Values(1)), shape, shape));
    }

    private static float number(Values values) {
        return (float) values.between(-2, 2);
    }

    private static double gelu(double x) {
        return x == Double.NEGATIVE_INFINITY ? -0.0 : 0.5 * x * (1 + Doubles.erf(x * Math.sqrt(0.5)));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private static OpCase.Domain positive() {
        return (input, spread) -> 0.3 + (spread + 2) / 2;
    }

    private static OpCase.Domain wide() {
        return (input, spread) -> 3 * spread;
    }

    /** Multiples of ½: ties everywhere. */
    private static OpCase.Domain halves() {
        return (input, spread) -> Math.rint(4 * spread) / 2;
    }

    /** Keeps clear of kinks by more than any difference reaches. */
    static OpCase.Domain awayFrom(double... kinks) {
        return (input, spread) -> {
            double x = spread;
            for (double kink : kinks) {
                x += Math.abs(x - kink) < 2e-3 ? 4e-3 : 0;
            }
            return x;
        };
    }
}
