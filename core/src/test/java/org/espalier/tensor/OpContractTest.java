package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds every op to the {@link OpContract}, and the list of cases to the sealed families of ops. */
class OpContractTest {
    /** Another seed tries other samples: {@code -Despalier.test.seed=7}. */
    private static final long SEED = Long.getLong("espalier.test.seed", 20_260_101);

    @Test
    void everyOpHasACaseAndNoOpHasTwo() {
        Set<String> ops = OpCases.ops().stream().map(Class::getSimpleName).collect(Collectors.toSet());
        List<String> cases = OpCases.all().stream().map(each -> each.type().getSimpleName()).toList();
        assertEquals(ops, Set.copyOf(cases));
        assertEquals(ops.size(), cases.size());
        assertFalse(ops.isEmpty());
    }

    @TestFactory
    @Tag("trials")
    Stream<DynamicTest> everyOpKeepsTheContract() {
        return OpCases.all().stream().flatMap(OpContractTest::properties);
    }

    private static <O extends Op> Stream<DynamicTest> properties(OpCase<O> tested) {
        var name = tested.type().getSimpleName();
        var contract = new OpContract<>(tested, SEED + name.hashCode());
        Map<String, Runnable> properties = new LinkedHashMap<>();
        properties.put("value is the reference's", contract::valueIsTheReferences);
        properties.put("forward writes what evaluate returns", contract::forwardWritesWhatEvaluateReturns);
        properties.put("empty tensors are among the samples", contract::emptyTensorsAreAmongTheSamples);
        properties.put("lazy transposes are read right", contract::lazyTransposesAreReadRight);
        properties.put("inputs are not modified", contract::inputsAreNotModified);
        properties.put("special values propagate", contract::specialValuesPropagateAsInTheReference);
        properties.put("wrong inputs are refused by name", contract::wrongInputsAreRefusedByName);
        properties.put("nothing is tracked without gradients", contract::nothingIsTrackedWithoutGradients);
        if (tested.samples(SEED, 1).getFirst().op().differentiable()) {
            properties.put("gradient is that of the reference", contract::gradientIsThatOfTheReference);
            properties.put("gradient twice has the same bits", contract::gradientTwiceHasTheSameBits);
            properties.put("second derivative is the reference's", contract::secondDerivativeIsThatOfTheReference);
        }
        return properties.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(name + ": " + each.getKey(), each.getValue()::run));
    }
}
