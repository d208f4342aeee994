package org.espalier.architecture;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The layers of {@code nn}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.nn",
                "org.espalier.nn.loss",
                "org.espalier.nn.data",
                "org.espalier.nn.metrics",
                "org.espalier.nn.optim",
                "org.espalier.nn.model",
                "org.espalier.nn.infer",
                "org.espalier.nn.train",
                "org.espalier.nn.onnx.operator",
                "org.espalier.nn.onnx");
    }

    @Override
    Set<String> testedElsewhere() {
        // one table in ActivationTest
        var activations = Stream.of("Relu", "LeakyRelu", "Tanh", "Sigmoid", "Gelu", "Softplus", "Softmax")
                .map("org.espalier.nn."::concat);
        // one table of all operators in OperatorsTest
        return Stream.concat(activations, Stream.of("org.espalier.nn.onnx.operator")).collect(Collectors.toSet());
    }
}
