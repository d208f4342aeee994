package org.espalier.nn.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.io.CsvTable;
import org.espalier.io.FormatException;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class TableTest {
    private static CsvTable csv(String text) throws FormatException {
        return Csv.read(text.getBytes(StandardCharsets.UTF_8),
                CsvOptions.standard().withDetectedCategories().withMissing());
    }

    private static String rows(String header, String... rows) {
        return header + "\n" + String.join("\n", rows) + "\n";
    }

    @Test
    void takesTwoWordsForABinaryTarget() throws FormatException {
        var table = Table.of(csv(rows("age,job,left", "41,cook,yes", "?,clerk,no", "30,cook,no")), "left");
        assertEquals(new Target.Binary("left", "no", "yes", 0.5f), table.schema().target());
        assertArrayEquals(new float[] {1, 0, 0}, table.targets().toArray());
        assertEquals(Shape.of(3, 1), table.targets().shape());
        assertArrayEquals(new float[] {41, 1, Float.NaN, 0, 30, 1}, table.inputs().toArray());
        assertEquals(
                List.of(new Schema.Column("age", List.of(), true),
                        new Schema.Column("job", List.of("clerk", "cook"), false)),
                table.schema().columns());
    }

    @Test
    void takesFewIntegersWithManyRowsForClasses() throws FormatException {
        var text = new StringBuilder("x,digit\n");
        for (int i = 0; i < 30; i++) {
            text.append(i).append(',').append(i % 3 + 1).append('\n');
        }
        var table = Table.of(csv(text.toString()), "digit");
        assertEquals(new Target.Classes("digit", List.of("1", "2", "3")), table.schema().target());
        assertEquals(Shape.of(30), table.targets().shape());
        assertArrayEquals(new float[] {0, 1, 2, 0}, Arrays.copyOf(table.targets().toArray(), 4));
    }

    @Test
    void takesOtherNumbersForARegression() throws FormatException {
        for (var rows : List.of(new String[] {"1,0.5", "2,1"}, new String[] {"1,0", "2,1", "3,2"},
                new String[] {"1,3", "1,3", "1,4", "1,4", "1,3", "1,4", "1,4", "1,3", "1,3", "1,4"})) {
            var table = Table.of(csv(rows("x,y", rows)), "y");
            assertEquals(new Target.Regression("y"), table.schema().target());
        }
    }

    @Test
    void takesNumbersForClassesWhereAsked() throws FormatException {
        var table = Table.classification(csv(rows("x,y", "1,0.5", "2,-3", "4,0.5", "5,10")), "y");
        assertEquals(new Target.Classes("y", List.of("-3", "0.5", "10")), table.schema().target());
        assertArrayEquals(new float[] {1, 0, 1, 2}, table.targets().toArray());
    }

    @Test
    void takesColumnsOfZerosAndOnesForLabels() throws FormatException {
        var csv = csv(rows("x,spam,urgent", "1,0,1", "2,1,1"));
        var table = Table.multiLabel(csv, "spam", "urgent");
        assertEquals(Shape.of(2, 2), table.targets().shape());
        assertArrayEquals(new float[] {0, 1, 1, 1}, table.targets().toArray());
        var e = assertThrows(IllegalArgumentException.class, () -> Table.multiLabel(csv, "x"));
        assertTrue(e.getMessage().contains("row 2, column \"x\""), e.getMessage());
    }

    @Test
    void refusesTargetsThatSayNothing() throws FormatException {
        var missing = csv(rows("x,y", "1,2.5", "2,NA"));
        var e = assertThrows(IllegalArgumentException.class, () -> Table.of(missing, "y"));
        assertTrue(e.getMessage().contains("row 2, column \"y\""), e.getMessage());
        var one = csv(rows("x,y", "1,yes", "2,yes"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Table.of(one, "y"))
                .getMessage().contains("one class only"));
        assertThrows(IllegalArgumentException.class, () -> Table.regression(one, "y"));
        assertThrows(IllegalArgumentException.class, () -> Table.of(one, "z"));
    }

    @Test
    void splitsEachClassInTheSameRatio() throws FormatException {
        var text = new StringBuilder("x,y\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(i < 20 ? ",yes\n" : ",no\n");
        }
        var split = Table.of(csv(text.toString()), "y").split(0.75, 7);
        assertEquals(75, split.train().rows());
        assertEquals(15, Arrays.stream(box(split.train().targets().toArray())).filter(y -> y == 1).count());
        var all = new TreeSet<Float>();
        all.addAll(List.of(box(split.train().inputs().toArray())));
        all.addAll(List.of(box(split.validation().inputs().toArray())));
        assertEquals(100, all.size());
    }

    private static Float[] box(float[] values) {
        var boxed = new Float[values.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }
}
