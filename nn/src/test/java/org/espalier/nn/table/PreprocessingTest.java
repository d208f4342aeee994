package org.espalier.nn.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.io.FormatException;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
    private static Table table(String text) throws FormatException {
        return Table.of(Csv.read(text.getBytes(StandardCharsets.UTF_8),
                CsvOptions.standard().withDetectedCategories().withMissing()), "y");
    }

    /** Column a: 1, 2, 3, 6 and one missing; mean 3, median 2.5, deviation √3.5. */
    private static Table small() throws FormatException {
        return table("a,y\n1,0.5\n2,1\n?,2\n3,4\n6,8\n");
    }

    @Test
    void standardizesAndFillsWithTheMedian() throws FormatException {
        var layer = Preprocessing.standard().fit(small());
        double deviation = Math.sqrt(3.5);
        float[] features = layer.forward(Tensor.of(Shape.of(2, 1), 6, Float.NaN)).toArray();
        assertArrayEquals(
                new float[] {(float) (3 / deviation), 0, (float) (-0.5 / deviation), 1}, features, 1e-6f);
    }

    @Test
    void fillsAndScalesAsAsked() throws FormatException {
        var standard = Preprocessing.standard();
        var missing = Tensor.of(Shape.of(2, 1), 6, Float.NaN);
        assertArrayEquals(new float[] {6, 0, 3, 1}, standard.scale(Preprocessing.Scaling.NONE)
                .fill(Preprocessing.Filling.MEAN).fit(small()).forward(missing).toArray());
        assertArrayEquals(new float[] {6, 0, -7, 1}, standard.scale(Preprocessing.Scaling.NONE)
                .fill(-7).fit(small()).forward(missing).toArray());
        assertArrayEquals(new float[] {1, 0, 0.3f, 1}, standard.scale(Preprocessing.Scaling.MIN_MAX)
                .fit(small()).forward(missing).toArray(), 1e-6f);
        // quartiles of 1, 2, 3, 6 by linear interpolation: 1.75 and 3.75
        assertArrayEquals(new float[] {1.75f, 0, 0, 1}, standard.scale(Preprocessing.Scaling.ROBUST)
                .fit(small()).forward(missing).toArray(), 1e-6f);
    }

    @Test
    void aConstantColumnIsOnlyShifted() throws FormatException {
        var layer = Preprocessing.standard().fit(table("a,y\n7,0.5\n7,1\n7,2\n"));
        assertArrayEquals(new float[] {0, 1}, layer.forward(Tensor.of(Shape.of(2, 1), 7, 8)).toArray());
    }

    @Test
    void encodesTheLevelsOfTrainingRowsOnly() throws FormatException {
        var all = table("a,y\nred,0.5\ngreen,1\nblue,2\n");
        // levels are sorted: blue 0, green 1, red 2
        var layer = Preprocessing.standard().fit(all.rows(0, 1));
        float[] features = layer.forward(Tensor.of(Shape.of(4, 1), 0, 1, 2, Float.NaN)).toArray();
        assertArrayEquals(new float[] {0, 0, 1, 0, 0, 1, 0, 0}, features);
    }

    @Test
    void putsNumbersGapsAndCategoriesSideBySide() throws FormatException {
        var table = table("c,a,b,y\nred,1,5,0.5\ngreen,?,5,1\nred,3,6,2\n");
        var layer = Preprocessing.standard().scale(Preprocessing.Scaling.NONE).fit(table);
        assertArrayEquals(new float[] {2, 9, 1, 1, 0},
                layer.forward(Tensor.of(Shape.of(1, 3), 0, Float.NaN, 9)).toArray());
        assertEquals(5, layer.out(3));
    }

    @Test
    void looksUpCategoriesOfManyLevels() throws FormatException {
        var table = table("c,y\nred,0.5\ngreen,1\nblue,2\ngrey,7\n");
        var layer = Preprocessing.standard().embedAbove(3).fit(table);
        assertEquals(2, layer.out(1));
        var x = Tensor.of(Shape.of(3, 1), 0, 3, Float.NaN);
        var served = InferenceModel.of(Preprocessing.standard().embedAbove(3).network(table, 4)).predict(x);
        assertEquals(Shape.of(3, 1), served.shape());
        assertEquals(Shape.of(3, 2), layer.forward(x).shape());
    }

    @Test
    void aRegressionAnswersInTheUnitOfTheTarget() throws FormatException {
        // targets 100 and 300: mean 200, deviation 100
        var model = Preprocessing.standard().network(table("a,y\n1,100.5\n2,300.5\n"), 3);
        var output = (org.espalier.nn.Linear) model.children().get("output");
        output.weight().assign(Tensor.zeros(output.weight().shape()));
        output.bias().orElseThrow().assign(Tensor.vector(2));
        assertArrayEquals(new float[] {400.5f}, model.forward(Tensor.of(Shape.of(1, 1), 1)).toArray(), 1e-4f);
    }

    @Test
    void refusesColumnsWithoutAnyValue() throws FormatException {
        var table = table("a,b,y\n1,?,0.5\n2,?,1\n3,7,2\n");
        var e = assertThrows(IllegalArgumentException.class, () -> Preprocessing.standard().fit(table.rows(0, 1)));
        assertTrue(e.getMessage().contains("\"b\""), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Preprocessing.standard().fit(table.rows(new int[0])));
    }
}
