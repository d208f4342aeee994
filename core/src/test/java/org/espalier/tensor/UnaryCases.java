package org.espalier.tensor;

import java.util.ArrayList;
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
        var cases = new ArrayList<OpCase<?>>();
        cases.addAll(elementary());
        cases.addAll(nonlinear());
        cases.addAll(trigonometric());
        cases.addAll(piecewiseConstant());
        return cases;
    }

    private static List<OpCase<?>> elementary() {
        return List.of(
                map(Elementary.Scale.class, v -> new Elementary.Scale(number(v)), (op, x) -> op.factor() * x),
                map(Elementary.Affine.class, v -> new Elementary.Affine(number(v), number(v)),
                        (op, x) -> op.scale() * x + op.shift()),
                map(Elementary.Negate.class, v -> new Elementary.Negate(), (op, x) -> -x),
                map(Elementary.Abs.class, v -> new Elementary.Abs(), (op, x) -> Math.abs(x)).on(awayFrom(0)),
                map(Elementary.Square.class, v -> new Elementary.Square(), (op, x) -> x * x),
                map(Elementary.Sqrt.class, v -> new Elementary.Sqrt(), (op, x) -> Math.sqrt(x)).on(positive()),
                map(Elementary.Reciprocal.class, v -> new Elementary.Reciprocal(), (op, x) -> 1 / x).on(positive()),
                map(Elementary.Power.class, v -> new Elementary.Power(v.oneOf(-1, 0, 0.5f, 1, 2, 2.5f, 3)),
                        (op, x) -> StrictMath.pow(x, op.exponent())).on(positive()),
                map(Elementary.Exp.class, v -> new Elementary.Exp(), (op, x) -> StrictMath.exp(x)),
                map(Elementary.Expm1.class, v -> new Elementary.Expm1(), (op, x) -> StrictMath.exp(x) - 1),
                map(Elementary.Log.class, v -> new Elementary.Log(), (op, x) -> StrictMath.log(x)).on(positive()),
                map(Elementary.Log1p.class, v -> new Elementary.Log1p(), (op, x) -> StrictMath.log(1 + x))
                        .on(positive()),
                map(Elementary.Erf.class, v -> new Elementary.Erf(), (op, x) -> Doubles.erf(x)),
                map(Elementary.Clip.class, v -> new Elementary.Clip(-0.75f, v.oneOf(0.5f, Float.POSITIVE_INFINITY)),
                        (op, x) -> Math.min(Math.max(x, op.low()), op.high())).on(awayFrom(-0.75, 0.5)));
    }

    private static List<OpCase<?>> nonlinear() {
        return List.of(
                map(Nonlinearity.Tanh.class, v -> new Nonlinearity.Tanh(), (op, x) -> StrictMath.tanh(x)).on(wide()),
                map(Nonlinearity.Sigmoid.class, v -> new Nonlinearity.Sigmoid(),
                        (op, x) -> 1 / (1 + StrictMath.exp(-x))).on(wide()),
                map(Nonlinearity.Relu.class, v -> new Nonlinearity.Relu(), (op, x) -> Math.max(x, 0)).on(awayFrom(0)),
                map(Nonlinearity.LeakyRelu.class, v -> new Nonlinearity.LeakyRelu(v.oneOf(0.01f, 0.2f, 1)),
                        (op, x) -> x > 0 ? x : op.slope() * x).on(awayFrom(0)),
                map(Nonlinearity.Elu.class, v -> new Nonlinearity.Elu(v.oneOf(0.5f, 1, 1.6732632f)),
                        (op, x) -> x > 0 ? x : op.alpha() * (StrictMath.exp(x) - 1)).on(awayFrom(0)),
                map(Nonlinearity.Gelu.class, v -> new Nonlinearity.Gelu(), (op, x) -> gelu(x)),
                map(Nonlinearity.Softplus.class, v -> new Nonlinearity.Softplus(), (op, x) -> softplus(x)).on(wide()));
    }

    private static List<OpCase<?>> trigonometric() {
        return List.of(
                map(Trigonometric.Sin.class, v -> new Trigonometric.Sin(), (op, x) -> StrictMath.sin(x)).on(wide()),
                map(Trigonometric.Cos.class, v -> new Trigonometric.Cos(), (op, x) -> StrictMath.cos(x)).on(wide()),
                map(Trigonometric.Tan.class, v -> new Trigonometric.Tan(),
                        (op, x) -> StrictMath.sin(x) / StrictMath.cos(x)).on(times(0.6)),
                map(Trigonometric.Asin.class, v -> new Trigonometric.Asin(), (op, x) -> StrictMath.asin(x))
                        .on(times(0.45)),
                map(Trigonometric.Acos.class, v -> new Trigonometric.Acos(), (op, x) -> StrictMath.acos(x))
                        .on(times(0.45)),
                map(Trigonometric.Atan.class, v -> new Trigonometric.Atan(), (op, x) -> StrictMath.atan(x)).on(wide()),
                map(Trigonometric.Sinh.class, v -> new Trigonometric.Sinh(),
                        (op, x) -> (StrictMath.exp(x) - StrictMath.exp(-x)) / 2),
                map(Trigonometric.Cosh.class, v -> new Trigonometric.Cosh(),
                        (op, x) -> (StrictMath.exp(x) + StrictMath.exp(-x)) / 2),
                map(Trigonometric.Asinh.class, v -> new Trigonometric.Asinh(),
                        (op, x) -> Math.signum(x) * StrictMath.log(Math.abs(x) + Math.sqrt(x * x + 1))).on(wide()),
                map(Trigonometric.Acosh.class, v -> new Trigonometric.Acosh(),
                        (op, x) -> StrictMath.log(x + Math.sqrt(x * x - 1)))
                        .on((input, spread) -> 1.2 + (spread + 2) / 2),
                map(Trigonometric.Atanh.class, v -> new Trigonometric.Atanh(),
                        (op, x) -> StrictMath.log((1 + x) / (1 - x)) / 2).on(times(0.45)));
    }

    private static List<OpCase<?>> piecewiseConstant() {
        return List.of(
                map(PiecewiseConstant.Sign.class, v -> new PiecewiseConstant.Sign(), (op, x) -> Math.signum(x))
                        .on(halves()),
                map(PiecewiseConstant.Round.class, v -> new PiecewiseConstant.Round(), (op, x) -> Math.rint(x))
                        .on(halves()),
                map(PiecewiseConstant.Floor.class, v -> new PiecewiseConstant.Floor(), (op, x) -> Math.floor(x))
                        .on(halves()),
                map(PiecewiseConstant.Ceil.class, v -> new PiecewiseConstant.Ceil(), (op, x) -> Math.ceil(x))
                        .on(halves()),
                map(PiecewiseConstant.Truncate.class, v -> new PiecewiseConstant.Truncate(),
                        (op, x) -> Double.isFinite(x) ? (long) x : x).on(halves()),
                map(PiecewiseConstant.Not.class, v -> new PiecewiseConstant.Not(), (op, x) -> x == 0 ? 1 : 0)
                        .on(halves()),
                map(PiecewiseConstant.IsNaN.class, v -> new PiecewiseConstant.IsNaN(),
                        (op, x) -> Double.isNaN(x) ? 1 : 0),
                map(PiecewiseConstant.IsInfinite.class, v -> new PiecewiseConstant.IsInfinite(),
                        (op, x) -> Double.isInfinite(x) ? 1 : 0),
                map(PiecewiseConstant.IsFinite.class, v -> new PiecewiseConstant.IsFinite(),
                        (op, x) -> Double.isFinite(x) ? 1 : 0));
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
        return times(3);
    }

    private static OpCase.Domain times(double factor) {
        return (input, spread) -> factor * spread;
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
