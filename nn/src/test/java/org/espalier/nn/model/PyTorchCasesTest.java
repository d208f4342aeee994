package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.io.FormatException;
import org.espalier.io.Npz;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * State files that PyTorch 1.13 wrote and networks of scikit-learn 1.2, with inputs and the outputs that they gave
 * there. Prints the largest difference of each.
 */
class PyTorchCasesTest {
    private static byte[] resource(String name) throws IOException {
        try (var in = PyTorchCasesTest.class.getResourceAsStream("cases/" + name)) {
            return in.readAllBytes();
        }
    }

    private static Tensor csv(String name) throws IOException {
        return Csv.read(resource(name), CsvOptions.standard().withoutHeader()).values();
    }

    private static Sequential model() {
        return Sequential.of(Linear.of(8, 16), Activation.relu(), Linear.of(16, 3));
    }

    /** The largest difference, relative to the expected value where that is beyond 1. */
    private static double difference(String name, Tensor expected, Tensor got) {
        assertEquals(expected.shape(), got.shape());
        double largest = 0;
        float[] want = expected.toArray();
        float[] have = got.toArray();
        for (int i = 0; i < want.length; i++) {
            largest = Math.max(largest, Math.abs((double) want[i] - have[i]) / Math.max(1, Math.abs(want[i])));
        }
        System.out.printf("%-24s largest difference %.1e%n", name, largest);
        return largest;
    }

    @ParameterizedTest
    @CsvSource({
        "state.pt, state, 1e-5", "state_legacy.pt, state, 1e-5", "state_strided.pt, state, 1e-5",
        "checkpoint.pt, state, 1e-5", "state_half.pt, state, 1e-3", "state_bfloat16.pt, state, 1e-2",
        "pruned_masks.pt, torch_pruned, 1e-5"
    })
    void statesGiveTheOutputsOfPyTorch(String name, String values, double tolerance) throws IOException {
        Tensor x = csv(values + ".x.csv");
        Tensor y = csv(values + ".y.csv");
        var file = PyTorchFile.read(resource(name));

        var inOrder = model();
        file.applyInOrder(inOrder);
        assertTrue(difference(name, y, inOrder.forward(x)) <= tolerance);

        var proposed = file.proposeModel();
        assertEquals(inOrder.toString(), proposed.model().toString());
        assertArrayEquals(inOrder.forward(x).toArray(), proposed.model().forward(x).toArray());
        assertTrue(proposed.assumptions().getFirst().startsWith("Relu stands in 1 place"), proposed.toString());
    }

    @Test
    void masksOfPyTorchComeAsMasks() throws IOException {
        var model = model();
        PyTorchFile.read(resource("pruned_masks.pt")).applyInOrder(model);

        // half of 128 weights by size; one column of sixteen in three goes: round(0.34 * 16) = 5 of them
        assertEquals(64, model.parameters().get("fc1.weight").mask().orElseThrow().kept());
        assertEquals(33, model.parameters().get("fc2.weight").mask().orElseThrow().kept());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "whole_module.pt|it has torch.nn.modules.container.Sequential, which is code and is never run here",
        "hostile.pt|it has posix.system, which is code and is never run here"
    })
    void whatIsMoreThanDataIsRefusedByName(String name, String complaint) throws IOException {
        byte[] file = resource(name);
        var refusal = assertThrows(FormatException.class, () -> PyTorchFile.read(file));
        assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"sklearn_breast", "sklearn_wine", "sklearn_diabetes"})
    void networksOfScikitLearnGiveItsOutputs(String name) throws IOException {
        Tensor x = csv(name + ".x.csv");
        Tensor y = csv(name + ".y.csv");
        Sequential model = ScikitLearn.of(Npz.read(resource(name + ".npz")).arrays(), Activation.relu());

        Tensor out = model.forward(x);
        Tensor result = switch (name) {
            case "sklearn_diabetes" -> out;
            case "sklearn_wine" -> out.softmax(-1);
            // the file has the probabilities of both classes
            default -> Tensor.concat(1, out.sigmoid().negate().plus(1), out.sigmoid());
        };
        assertTrue(difference(name, y, result) <= 1e-5);
        assertEquals(Shape.of(7, name.equals("sklearn_diabetes") ? 1 : name.equals("sklearn_wine") ? 3 : 2),
                result.shape());
    }

    @Test
    void aModelThatCameInIsSavedAndRead() throws IOException {
        Tensor x = csv("torch_pruned.x.csv");
        Layer model = PyTorchFile.read(resource("pruned_masks.pt")).proposeModel().model();

        var file = ModelFile.read(ModelFile.of(model).verified(x).toBytes());

        assertArrayEquals(model.forward(x).toArray(), file.model().forward(x).toArray());
        assertEquals(64, file.model().parameters().get("fc1.weight").mask().orElseThrow().kept());
    }
}
