package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.compressed.Packing;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.SafeTensors;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ModelWriterTest {
    private static final Packing KEPT = new Packing(Layout.BITMAP, Encoding.float32());
    private static final Shape SHAPE = Shape.of(20, 30);

    /** Numbers that have no shorter form; of those that a mask keeps, every tenth is there. */
    private static Linear model(boolean masked) {
        var model = Linear.withoutBias(30, 20);
        var values = new float[600];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 + (i + 1) * 0x1p-20f;
        }
        model.weight().assign(Tensor.of(SHAPE, values));
        if (masked) {
            model.weight().assignMask(Mask.of(SHAPE, i -> i % 10 == 0));
        }
        return model;
    }

    private static Set<String> keys(ModelFile file) {
        return ModelWriter.contents(file).metadata().keySet();
    }

    @Test
    void aParameterWithoutAShorterFormStandsUnderItsName() throws FormatException {
        var contents = ModelWriter.contents(ModelFile.of(model(false)).with("note", "mine"));
        assertEquals(Set.of("weight"), contents.tensors().keySet());
        assertEquals(DType.F32, contents.raw("weight").dtype());
        assertEquals(Set.of("note", "espalier.version", "espalier.architecture"), contents.metadata().keySet());
    }

    @Test
    void aMaskedParameterIsWrittenInItsShorterForm() throws FormatException {
        var model = model(true);
        var contents = ModelWriter.contents(ModelFile.of(model));
        assertFalse(contents.tensors().containsKey("weight") && contents.raw("weight").shape().equals(SHAPE));
        assertEquals(Set.of("espalier.version", "espalier.architecture", "espalier.packing"),
                contents.metadata().keySet());
        assertEquals(Json.object().with("weight", SmallestForm.of("weight", StateDict.of(model).entries().get("weight"))
                .packing().toString()).compact(), contents.metadata().get("espalier.packing"));
        assertEquals(StateDict.of(model), StateDict.of(ModelFile.read(SafeTensors.toBytes(contents)).model()));
    }

    @Test
    void aPlainFileHasEveryParameterAsItIs() throws FormatException {
        var model = model(true);
        var contents = ModelWriter.contents(ModelFile.of(model).plain());
        assertEquals(Set.of("weight"), contents.tensors().keySet());
        assertEquals(SHAPE, contents.raw("weight").shape());
        float[] written = contents.raw("weight").toFloats();
        for (int i = 0; i < written.length; i++) {
            float expected = i % 10 == 0 ? 1 + (i + 1) * 0x1p-20f : -0f;
            assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(written[i]));
        }
        assertEquals(Set.of("espalier.version", "espalier.architecture"), contents.metadata().keySet());
        assertEquals(StateDict.of(model), StateDict.of(ModelFile.read(SafeTensors.toBytes(contents)).model()));
    }

    @Test
    void whatIsPackedByChoiceIsPackedInAPlainFileToo() {
        var file = ModelFile.of(model(true)).packed(name -> KEPT).plain();
        assertTrue(file.isPlain());
        assertFalse(ModelFile.of(model(true)).packed(name -> KEPT).isPlain());
        assertEquals("{\"weight\":\"bitmap f32\"}", ModelWriter.contents(file).metadata().get("espalier.packing"));
    }

    @Test
    void zerosThatAreNotMaskedSayThatThereIsNoMask() throws FormatException {
        var model = Linear.withoutBias(30, 20);
        model.weight().assign(model(true).weight().value());
        var contents = ModelWriter.contents(ModelFile.of(model));
        assertEquals("{\"weight\":0}", contents.metadata().get("espalier.marks"));
        assertEquals(StateDict.of(model), StateDict.of(ModelFile.read(SafeTensors.toBytes(contents)).model()));
    }

    /** A file as it is after reading: what it packs is what the file had. */
    private static ModelFile read(Linear model, PackedWeight weight) {
        return new ModelFile("read", model, Map.of(), Map.of("weight", weight), Set.of(), false, null);
    }

    private static PackedWeight packed(Linear model) {
        return PackedWeight.of(KEPT, model.weight().value(), model.weight().mask().orElseThrow()::keeps);
    }

    @Test
    void aFormOfTheFileIsKeptWhileItHoldsTheParameter() throws FormatException {
        var model = model(true);
        var file = read(model, packed(model));
        assertEquals("{\"weight\":\"bitmap f32\"}", ModelWriter.contents(file).metadata().get("espalier.packing"));

        // The value is the same, the mask is another: the form would bring the old one back.
        var values = model.weight().value();
        var other = Linear.withoutBias(30, 20);
        other.weight().assign(values);
        other.weight().assignMask(Mask.of(SHAPE, i -> i % 10 == 0 || i % 10 == 1));
        var contents = ModelWriter.contents(read(other, packed(model)));
        var back = ModelFile.read(SafeTensors.toBytes(contents)).model();
        assertEquals(StateDict.of(other), StateDict.of(back));
        assertArrayEquals(values.toArray(), StateDict.of(back).value("weight").toArray());
    }

    @Test
    void aFormOfAnotherShapeIsNotWritten() throws FormatException {
        var model = model(true);
        var turned = Linear.withoutBias(20, 30);
        turned.weight().assign(model.weight().value().reshape(30, 20));
        turned.weight().assignMask(Mask.of(turned.weight().shape(), i -> i % 10 == 0));
        var contents = ModelWriter.contents(read(model, packed(turned)));
        assertEquals(StateDict.of(model), StateDict.of(ModelFile.read(SafeTensors.toBytes(contents)).model()));
    }

    @Test
    void aFormOfAParameterThatIsGoneIsNotWritten() {
        var model = model(true);
        var file = new ModelFile("read", model, Map.of(), Map.of("other", packed(model)), Set.of(), true, null);
        assertEquals(Set.of("espalier.version", "espalier.architecture"), keys(file));
        var chosen =
                new ModelFile("made", model, Map.of(), Map.of("other", packed(model)), Set.of("other"), true, null);
        assertEquals("parameter other was changed after it was packed as bitmap f32: make the file again and pack it "
                + "again", assertThrows(IllegalStateException.class, chosen::toBytes).getMessage());
    }
}
