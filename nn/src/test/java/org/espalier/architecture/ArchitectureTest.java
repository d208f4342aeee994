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
                "org.espalier.nn.step",
                "org.espalier.nn",
                "org.espalier.nn.loss",
                "org.espalier.nn.data",
                "org.espalier.nn.metrics",
                "org.espalier.nn.optim",
                "org.espalier.nn.model",
                "org.espalier.nn.infer",
                "org.espalier.nn.train",
                "org.espalier.nn.onnx.operator",
                "org.espalier.nn.onnx",
                "org.espalier.nn.table");
    }

    @Override
    Set<String> testedElsewhere() {
        // one table in ActivationTest
        var activations = Stream.of("Relu", "LeakyRelu", "Tanh", "Sigmoid", "Gelu", "Softplus", "Softmax");
        // the arguments of a graph's steps, in GraphStepTest; what layers say of themselves, in LayerContractTest
        var parts =
                Stream.of("step.Step", "step.Pointwise", "step.Merge", "step.GraphSteps", "Dependency", "Container",
                        // one table of all operators, in OperatorsTest
                        "onnx.operator");
        return Stream.concat(activations, parts).map("org.espalier.nn."::concat).collect(Collectors.toSet());
    }
}
