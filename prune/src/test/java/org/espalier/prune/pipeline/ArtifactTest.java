package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.nn.Activation;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Floor;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ArtifactTest {
    @Test
    void theFileSaysHowTheModelCameAbout() throws IOException {
        var model = Sequential.of(
                Linear.of(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4), Tensor.vector(1, 1)),
                Activation.relu(),
                Linear.of(Tensor.of(Shape.of(1, 2), 5, 6), Tensor.vector(1)));
        var pipeline = Pipeline.of(model)
                .stage("weights", Unstructured.global(Magnitude.L1).sparsity(0.5).floor(Floor.units(1)))
                .seed(7);
        var report = pipeline.run();

        var written = Artifact.of(model, pipeline.recipe(), report)
                .packed(new Packing(Layout.GAPS, Encoding.intPerRow(8)), Packing.NONE);
        var file = ModelFile.read(written.toBytes(), LayerKinds.standard());

        assertEquals(pipeline.recipe(), Recipe.parse(file.metadata().get("recipe")));
        assertEquals("7", file.metadata().get("seed"));
        // The three smallest of the six weights went: 1, 2 and 3.
        assertEquals("{\"fc1\":[4,1,2],\"fc2\":[2,2,4]}", file.metadata().get("costs"));
        assertTrue(Artifact.belongs(report, file));
        assertFalse(Artifact.belongs(new PruningReport(8, Map.of(), List.of(), List.of(), Optional.empty()), file));
        assertFalse(Artifact.belongs(report, ModelFile.of(model)));
    }
}
