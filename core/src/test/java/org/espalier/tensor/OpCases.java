package org.espalier.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The cases of all ops, and the ops themselves as the sealed families list them. */
final class OpCases {
    private OpCases() {}

    static List<OpCase<?>> all() {
        var cases = new ArrayList<OpCase<?>>();
        cases.addAll(UnaryCases.all());
        cases.addAll(BinaryCases.all());
        cases.addAll(ReductionCases.all());
        cases.addAll(StatisticCases.all());
        cases.addAll(NormalizationCases.all());
        cases.addAll(MovementCases.all());
        cases.addAll(IndexingCases.all());
        cases.addAll(ContractionCases.all());
        cases.addAll(FusedCases.all());
        return cases;
    }

    /** Every record below {@link Op}, apart from the user's own. */
    static List<Class<?>> ops() {
        return below(Op.class).filter(Class::isRecord).toList();
    }

    private static Stream<Class<?>> below(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OpCases::below) : Stream.of(type);
    }
}
