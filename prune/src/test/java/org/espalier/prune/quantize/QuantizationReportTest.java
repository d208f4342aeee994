package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.metrics.Measure;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuantizationReportTest {

    @Test
    void itTellsMeasuresErrorsAndBytes() {
        var layer = Linear.of(2, 1);
        layer.weight().assign(Tensor.of(Shape.of(1, 2), 127, 0.75f));
        var x = Tensor.of(Shape.of(1, 2), 0, 1);
        var report = QuantizationReport.of(
                Sequential.of(layer), Measure.higher("output", model -> model.forward(x).item()));

        assertEquals(new QuantizationReport.Change(0.75, 1), report.measures().get("output"));
        var error = report.layers().getFirst();
        assertEquals("fc1.weight", error.name());
        assertEquals(0.25, error.largest());
        assertEquals(0.25 / Math.sqrt(127 * 127 + 0.75 * 0.75), error.relative(), 1e-12);
        assertEquals(12, report.floatBytes());
        assertEquals(2 + 4 + 4, report.bytes());
        assertTrue(report.toString().startsWith("output: 0.7500 as float32, 1.0000 as int8"));
    }

    @Test
    void zerosHaveNoError() {
        var report = QuantizationReport.of(Linear.of(Tensor.zeros(Shape.of(1, 2)), Tensor.vector(0)));

        assertEquals(new QuantizationReport.LayerError("weight", 0, 0), report.layers().getFirst());
    }
}
