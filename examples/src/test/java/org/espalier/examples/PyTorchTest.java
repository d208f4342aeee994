package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.PyTorchFile;
import org.junit.jupiter.api.Test;

/** Files that PyTorch wrote, against what PyTorch computes with them. */
class PyTorchTest {
    private static void assertClose(float[] theirs, float[] ours) {
        assertEquals(theirs.length, ours.length);
        for (int i = 0; i < theirs.length; i++) {
            assertEquals(theirs[i], ours[i], 1e-5 * Math.max(1, Math.abs(theirs[i])), "output " + i);
        }
    }

    @Test
    void digitsHaveTheOutputsThatPyTorchGivesThem() throws IOException {
        var images = MnistData.load(null, 1).test().range(0, 16).inputs();

        var outputs = PyTorchDemo.loaded().forward(images);

        assertClose(PyTorchDemo.tensors("expected").tensor("mnist").toArray(), outputs.toArray());
    }

    @Test
    void aMaskOfTorchPruneIsAMaskHere() throws IOException {
        var model = Sequential.of(Linear.of(6, 5), Activation.relu(), Linear.of(5, 3));
        PyTorchFile.of(PyTorchDemo.tensors("pruned")).applyTo(model, Map.of("fc1", "0", "fc2", "2"));
        var expected = PyTorchDemo.tensors("expected");

        assertClose(
                expected.tensor("pruned").toArray(),
                model.forward(expected.tensor("inputs")).toArray());
        assertEquals(15, model.parameters().get("fc1.weight").kept());
        assertEquals(9, model.parameters().get("fc2.weight").kept());
        assertTrue(model.parameters().get("fc1.bias").mask().isEmpty());
    }
}
