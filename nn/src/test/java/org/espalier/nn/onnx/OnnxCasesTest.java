package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.espalier.io.FormatException;
import org.espalier.tensor.ShapeException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OnnxCasesTest {
    @TestFactory
    Stream<DynamicTest> whatOtherProgramsWroteIsReadAndComputesTheSame() throws IOException {
        return OnnxCases.all().stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)));
    }

    private static void check(OnnxCases.Case one) throws IOException {
        if (one.isValid()) {
            double difference = one.difference(one.model().forward(one.x()));
            assertTrue(difference <= one.tolerance(), one.name() + ": " + difference);
        } else {
            var problem = assertThrows(Exception.class, () -> one.model().forward(one.x()));
            assertTrue(problem instanceof FormatException || problem instanceof ShapeException, problem.toString());
        }
    }

    @Test
    void allCasesAreThere() throws IOException {
        var all = OnnxCases.all();

        assertEquals(24, all.stream().filter(one -> one.file().getParent().endsWith("models")).count());
        assertEquals(96, all.stream().filter(one -> one.file().getParent().endsWith("graphs")).count());
    }
}
