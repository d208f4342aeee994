package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Activation;
import org.espalier.nn.PRelu;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalTest {
    /** A state with tensors of these names and shapes, such as {@code fc1.weight 3 2}; every element is 1. */
    private static PyTorchFile file(String tensors) {
        var map = new LinkedHashMap<String, RawTensor>();
        for (String tensor : tensors.split(", *")) {
            String[] parts = tensor.split(" ");
            var dims = new int[parts.length - 1];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = Integer.parseInt(parts[i + 1]);
            }
            var values = new float[Shape.of(dims).size()];
            Arrays.fill(values, 1);
            map.put(parts[0], RawTensor.ofFloats(DType.F32, Shape.of(dims), values));
        }
        return PyTorchFile.of(TensorFile.of(map, Map.of()));
    }

    private static List<String> kinds(Proposal proposal) {
        return proposal.model().children().values().stream().map(layer -> layer.getClass().getSimpleName()).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fc1.weight 4 3, fc1.bias 4, fc2.weight 2 4, fc2.bias 2|[Linear, Relu, Linear]",
        "fc1.weight 4 3, fc2.weight 2 4|[Linear, Relu, Linear]", "weight 4 3, bias 4|[Linear]",
        "0.weight 4 3, 0.bias 4, 2.weight 2 4, 2.bias 2|[Linear, Relu, Linear]",
        "0.weight 4 3, 0.bias 4, 1.weight 2 4, 1.bias 2|[Linear, Linear]",
        "net.0.weight 4 3, net.3.weight 2 4|[Linear, Relu, Linear]",
        "0.weight 4 3, 1.weight 4, 1.bias 4, 1.running_mean 4, 1.running_var 4, 1.num_batches_tracked, 3.weight 2 4"
                + "|[Linear, BatchNorm1d, Relu, Linear]",
        "0.weight 4 3, 2.running_mean 4, 2.running_var 4, 4.weight 2 4|[Linear, Relu, BatchNorm1d, Linear]",
        "0.running_mean 3, 0.running_var 3, 1.weight 4 3, 3.weight 2 4|[BatchNorm1d, Linear, Relu, Linear]",
        "fc1.weight 4 3, fc2.weight 4, fc2.bias 4, fc3.weight 2 4|[Linear, LayerNorm, Relu, Linear]",
        "0.weight 4 3, 1.weight 1, 2.weight 2 4|[Linear, PRelu, Linear]",
        "0.weight_orig 4 3, 0.weight_mask 4 3, 0.bias 4, 2.weight 2 4, 2.bias 2|[Linear, Relu, Linear]"
    })
    void theChainOfLayersIsToldByNamesAndShapes(String tensors, String layers) throws FormatException {
        var proposal = file(tensors).proposeModel();
        assertEquals(layers, kinds(proposal).toString());
        assertArrayEquals(new float[] {1, 1},
                new float[] {proposal.model().parameters().firstEntry().getValue().value().toArray()[0], 1});
        assertTrue(proposal.assumptions().contains("nothing follows the last layer, such as a softmax"));
    }

    @Test
    void theActivationIsSaidToBeAssumedAndCanBeAnother() throws FormatException {
        var file = file("a1.weight 4 3, a2.weight 4 4, a3.weight 2 4");
        var relu = file.proposeModel();
        assertEquals("Relu stands in 2 places: a state does not say which activations a model has",
                relu.assumptions().getFirst());
        assertTrue(relu.toString().contains("\n  assumed: Relu stands in 2 places"), relu.toString());
        assertEquals(List.of("Linear", "Tanh", "Linear", "Tanh", "Linear"),
                kinds(file.proposeModel(Activation.tanh())));
        assertThrows(IllegalArgumentException.class, () -> file.proposeModel(PRelu.of(1)));
    }

    @Test
    void sizesTellTheOrderIfOnlyOneFits() throws FormatException {
        var proposal = file("head.weight 2 4, body.weight 4 5, stem.weight 5 3").proposeModel();
        assertEquals(3, proposal.model().in());
        assertTrue(proposal.assumptions().contains("the layers stand in the order [stem, body, head], the only one in "
                + "which their sizes fit"), proposal.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "one.weight 2 2, two.weight 2 2|neither names nor sizes tell in which order \"one\" and \"two\" stand",
        "fc1.weight 4 3, fc2.weight 2 5|layer \"fc2\" takes 5 values but the one before it gives 4: they do not"
                + " form a chain",
        "conv.weight 8 3 3 3, conv.bias 8|layer \"conv\" has {bias=[8], weight=[8, 3, 3, 3]}, which is not a"
                + " linear layer",
        "0.weight 4 3, 1.weight 4, 2.weight 2 4|which is not a linear layer",
        "fc1.weight 4 3, fc1.scale 4|not a linear layer",
        "0.running_mean 3, 0.running_var 3, 1.weight 4 5|takes 5 values"
    })
    void whatIsNoChainIsRefused(String tensors, String complaint) {
        var e = assertThrows(FormatException.class, () -> file(tensors).proposeModel());
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
    }

    private static List<String> assumptions(String tensors) throws FormatException {
        return file(tensors).proposeModel().assumptions();
    }

    @Test
    void whatTheFileDoesNotSayIsListed() throws FormatException {
        var last = "nothing follows the last layer, such as a softmax";
        var one = "Relu stands in 1 place: a state does not say which activations a model has";
        var numbers = "activations stand where numbers are left out in the names";
        var norms = "norms add 1e-5 to the variance";
        assertEquals(List.of(last), assumptions("weight 4 3, bias 4"));
        assertEquals(List.of(one, last), assumptions("fc1.weight 4 3, fc2.weight 2 4"));
        assertEquals(List.of(one, numbers, last), assumptions("0.weight 4 3, 2.weight 2 4"));
        assertEquals(List.of(numbers, last), assumptions("0.weight 4 3, 1.weight 2 4"));
        assertEquals(List.of(one, numbers, last, norms),
                assumptions("0.weight 4 3, 1.running_mean 4, 1.running_var 4, 3.weight 2 4"));
        assertEquals(List.of(one, "\"fc2\" is a layer norm; a batch norm without statistics would look the same",
                last, norms), assumptions("fc1.weight 4 3, fc2.weight 4, fc2.bias 4, fc3.weight 2 4"));
    }

    @Test
    void whereAPReluStandsNoActivationIsMissing() throws FormatException {
        assertEquals(List.of("Linear", "PRelu", "Linear"),
                kinds(file("0.weight 4 3, 1.weight 1, 4.weight 2 4").proposeModel()));
        assertEquals(List.of("Linear", "PRelu", "Linear"),
                kinds(file("0.weight 4 3, 3.weight 1, 4.weight 2 4").proposeModel()));
        assertEquals(List.of("Linear", "Linear"), kinds(file("1.weight 4 3, 2.weight 2 4").proposeModel()));
        // numbers of different parents are no places in one chain
        assertEquals(List.of("Linear", "Relu", "Linear"),
                kinds(file("a1.0.weight 4 3, a2.1.weight 2 4").proposeModel()));
    }
}
