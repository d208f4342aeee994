package org.espalier.tensor;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/** Samples and references of the {@link Binary} and {@link Selection} ops. */
final class BinaryCases {
    private static final List<Shape[]> EDGES = List.of(
            pair(Shape.scalar(), Shape.scalar()),
            pair(Shape.of(3), Shape.scalar()),
            pair(Shape.scalar(), Shape.of(2, 3)),
            pair(Shape.of(0), Shape.of(1)),
            pair(Shape.of(0), Shape.scalar()),
            pair(Shape.of(5, 7), Shape.of(5, 7)),
            pair(Shape.of(5, 7), Shape.of(7)),
            pair(Shape.of(7), Shape.of(5, 7)),
            pair(Shape.of(5, 7), Shape.of(5, 1)),
            pair(Shape.of(5, 1), Shape.of(1, 7)),
            pair(Shape.of(5, 1), Shape.of(5, 7)),
            pair(Shape.of(2, 0, 3), Shape.of(2, 1, 3)),
            pair(Shape.of(2, 1, 3), Shape.of(1, 4, 1)),
            pair(Shape.of(2, 3, 1, 2), Shape.of(3, 5, 1)),
            pair(Shape.of(1, 1, 1), Shape.of(1)),
            pair(Shape.of(3, 1, 5), Shape.of(2, 1)),
            pair(Shape.of(1, 131), Shape.of(1, 1)));

    private BinaryCases() {}

    static List<OpCase<?>> all() {
        return List.of(
                zip(Binary.Add.class, new Binary.Add(), (a, b) -> a + b),
                zip(Binary.Subtract.class, new Binary.Subtract(), (a, b) -> a - b),
                zip(Binary.Multiply.class, new Binary.Multiply(), (a, b) -> a * b),
                zip(Binary.Divide.class, new Binary.Divide(), (a, b) -> a / b).on(divisorsAwayFromZero()),
                zip(Binary.Maximum.class, new Binary.Maximum(), Math::max),
                zip(Binary.Minimum.class, new Binary.Minimum(), Math::min),
                zip(Binary.Weighted.class, new Binary.Weighted(), (a, b) -> b == 0 ? 0 : a * b),
                zip(Binary.Pow.class, new Binary.Pow(), BinaryCases::power)
                        .on((input, spread) -> input == 0 ? 0.5 + (spread + 2) / 4 : spread),
                zip(Binary.Xlogy.class, new Binary.Xlogy(),
                        (a, b) -> a == 0 && !Double.isNaN(b) ? 0 : a * StrictMath.log(b))
                        .on((input, spread) -> input == 0 ? spread : 0.3 + (spread + 2) / 2),
                zip(Binary.Fmod.class, new Binary.Fmod(), (a, b) -> a % b).on(quotientOfTwo()),
                zip(Binary.Remainder.class, new Binary.Remainder(), BinaryCases::remainder).on(quotientOfTwo()),
                zip(Binary.Gate.class, new Binary.Gate(), (a, b) -> b > 0 ? a : 0).on(UnaryCases.awayFrom(0)),
                compare(),
                where());
    }

    private static <O extends Binary> OpCase<O> zip(Class<O> type, O op, DoubleBinaryOperator formula) {
        return new OpCase<O>(
                type,
                (values, shapes) -> op,
                EDGES,
                BinaryCases::pairs,
                (o, x, shapes) -> broadcast(formula, x, shapes))
                .refuses(refusals(op));
    }

    private static OpCase<Selection.Compare> compare() {
        BiFunction<Selection.Relation, double[], Boolean> holds = (relation, ab) -> switch (relation) {
            case GREATER -> ab[0] > ab[1];
            case GREATER_EQUAL -> ab[0] >= ab[1];
            case LESS -> ab[0] < ab[1];
            case LESS_EQUAL -> ab[0] <= ab[1];
            case EQUAL -> ab[0] == ab[1];
            case NOT_EQUAL -> ab[0] != ab[1];
            case AND -> ab[0] != 0 && ab[1] != 0;
            case OR -> ab[0] != 0 || ab[1] != 0;
            case XOR -> ab[0] != 0 ^ ab[1] != 0;
        };
        var relations = Selection.Relation.values();
        return new OpCase<>(
                Selection.Compare.class,
                (values, shapes) -> new Selection.Compare(relations[values.below(relations.length)]),
                EDGES,
                BinaryCases::pairs,
                (op, x, shapes) -> broadcast(
                        (a, b) -> holds.apply(op.relation(), new double[] {a, b}) ? 1 : 0, x, shapes))
                .on((input, spread) -> Math.rint(spread))
                .within((op, x, shapes) -> new double[Index.broadcast(shapes[0], shapes[1]).size()])
                .refuses(refusals(new Selection.Compare(Selection.Relation.LESS_EQUAL)));
    }

    private static OpCase<Selection.Where> where() {
        Function<Shape, Shape[]> thrice = shape -> new Shape[] {shape, shape, shape};
        var op = new Selection.Where();
        return new OpCase<>(
                Selection.Where.class,
                (values, shapes) -> op,
                Values.EDGES.stream().map(thrice).toList(),
                values -> thrice.apply(values.shape(0)),
                (o, x, shapes) -> Index.fill(shapes[0], index -> {
                    int i = Index.flat(index, shapes[0]);
                    return x[0][i] != 0 ? x[1][i] : x[2][i];
                }))
                .on((input, spread) -> input > 0 ? spread : spread > 0 ? 1 : 0)
                .constant(0)
                .refuses(
                        new OpCase.Refusal(op, Shape.of(2), Shape.of(2)),
                        new OpCase.Refusal(op, Shape.of(2), Shape.of(2), Shape.of(3)),
                        new OpCase.Refusal(op, Shape.of(1), Shape.of(2), Shape.of(2)));
    }

    private static OpCase.Refusal[] refusals(Op op) {
        return new OpCase.Refusal[] {
            new OpCase.Refusal(op, Shape.of(2)),
            new OpCase.Refusal(op, Shape.of(2), Shape.of(2), Shape.of(2)),
            new OpCase.Refusal(op, Shape.of(2), Shape.of(3)),
            new OpCase.Refusal(op, Shape.of(0), Shape.of(3)),
            new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(2)),
            new OpCase.Refusal(op, Shape.of(4, 2, 3), Shape.of(3, 1, 3)),
        };
    }

    private static Shape[] pair(Shape a, Shape b) {
        return new Shape[] {a, b};
    }

    static Shape[] pairs(Values values) {
        var whole = values.shape(0);
        return switch (values.below(4)) {
            case 0 -> pair(whole, whole);
            case 1 -> pair(whole, values.broadcasting(whole));
            case 2 -> pair(values.broadcasting(whole), whole);
            default -> pair(values.broadcasting(whole), values.broadcasting(whole));
        };
    }

    private static double[] broadcast(DoubleBinaryOperator formula, double[][] x, Shape... shapes) {
        return Index.fill(
                Index.broadcast(shapes[0], shapes[1]),
                index -> formula.applyAsDouble(
                        x[0][Index.flat(index, shapes[0])], x[1][Index.flat(index, shapes[1])]));
    }

    /** IEEE 754's pow, which StrictMath's departs from where the base is 1 or −1 (C17, F.10.4.4). */
    private static double power(double a, double b) {
        return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : StrictMath.pow(a, b);
    }

    /** Python's a % b, by its definition where that is finite. */
    private static double remainder(double a, double b) {
        double rest = a % b;
        return rest != 0 && rest * b < 0 ? rest + b : rest;
    }

    /** a / b between 2.05 and 2.9, clear of where the remainder jumps. */
    private static OpCase.Domain quotientOfTwo() {
        return (input, spread) -> input == 0 ? 7 + 0.2 * spread : 2.9 + 0.15 * spread;
    }

    private static OpCase.Domain divisorsAwayFromZero() {
        return (input, spread) -> input == 0 ? spread : Math.signum(spread) * (0.6 + Math.abs(spread));
    }
}
