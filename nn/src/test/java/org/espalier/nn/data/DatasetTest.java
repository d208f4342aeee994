package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.nn.Labels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {

    /** Sample i has the inputs (10 i, 10 i + 1) and the target i. */
    static Dataset numbered(int size) {
        var inputs = new float[2 * size];
        var targets = new float[size];
        for (int i = 0; i < size; i++) {
            inputs[2 * i] = 10 * i;
            inputs[2 * i + 1] = 10 * i + 1;
            targets[i] = i;
        }
        return Dataset.of(Tensor.of(Shape.of(size, 2), inputs), Tensor.vector(targets));
    }

    @Test
    void twoArraysOfAnArchiveAreADataset(@TempDir Path directory) throws IOException {
        var path = directory.resolve("samples.npz");
        Npz.write(path, Map.of(
                "x", RawTensor.ofDoubles(Shape.of(3, 2), 0.5, 1, 1.5, 2, 2.5, 3),
                "y", RawTensor.ofLongs(DType.I64, Shape.of(3), 2, 0, 1),
                "few", RawTensor.ofLongs(DType.I64, Shape.of(2), 2, 0)));

        var samples = Dataset.npz(path, "x", "y");

        assertEquals(3, samples.size());
        assertArrayEquals(new float[] {2.5f, 3, 0.5f, 1}, samples.batch(2, 0).inputs().toArray());
        assertArrayEquals(new float[] {1, 2}, samples.batch(2, 0).targets().toArray());
        assertThrows(ShapeException.class, () -> Dataset.npz(path, "x", "few"));
        var e = assertThrows(FormatException.class, () -> Dataset.npz(path, "x", "labels"));
        assertTrue(e.getMessage().contains("no array \"labels\""), e.getMessage());
    }

    @Test
    void aRangeIsTheSamplesBetween() {
        assertArrayEquals(new float[] {1, 2}, numbered(4).range(1, 3).targets().toArray());
        assertEquals(0, numbered(4).range(4, 4).size());
        assertEquals(4, numbered(4).all().size());
        assertThrows(IndexOutOfBoundsException.class, () -> numbered(4).range(3, 5));
    }

    @Test
    void aSplitCutsEverySampleIntoExactlyOnePart() {
        var split = numbered(25).split(0.3, 7);
        assertEquals(8, split.train().size()); // 7.5 rounds half to even
        assertEquals(17, split.validation().size());
        var all = new float[25];
        for (var part : new Dataset[] {split.train(), split.validation()}) {
            for (float target : part.all().targets().toArray()) {
                all[(int) target]++;
            }
        }
        IntStream.range(0, 25).forEach(i -> assertEquals(1, all[i]));
    }

    @Test
    void aSplitDependsOnItsSeedAlone() {
        var first = numbered(50).split(0.5, 1).train().all().targets().toArray();
        assertArrayEquals(first, numbered(50).split(0.5, 1).train().all().targets().toArray());
        var other = numbered(50).split(0.5, 2).train().all().targets().toArray();
        assertEquals(false, java.util.Arrays.equals(first, other));
    }

    @Test
    void aShareOutsideZeroAndOneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> numbered(2).split(1.1, 0));
        assertThrows(IllegalArgumentException.class, () -> numbered(2).split(Double.NaN, 0));
    }

    /** Sample i is of class 0 for 70 %, 1 for 20 % and 2 for 10 % of the samples. */
    private static Dataset classes(int size) {
        var inputs = numbered(size).all().inputs();
        var labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2;
        }
        return Dataset.of(inputs, Labels.of(labels));
    }

    private static int[] counts(Dataset samples) {
        var counts = new int[3];
        for (float label : samples.all().targets().toArray()) {
            counts[(int) label]++;
        }
        return counts;
    }

    private static float[] sortedFirstInputs(Dataset... parts) {
        var all = new ArrayList<Float>();
        for (var part : parts) {
            float[] inputs = part.all().inputs().toArray();
            for (int i = 0; i < inputs.length; i += 2) {
                all.add(inputs[i]);
            }
        }
        Collections.sort(all);
        var sorted = new float[all.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = all.get(i);
        }
        return sorted;
    }

    @Test
    void aStratifiedSplitHasTheSameFractionOfEachClass() {
        var split = classes(90).stratifiedSplit(0.8, 1);
        // 63, 18 and 9 samples: 50.4, 14.4 and 7.2 of them
        assertEquals(72, split.train().size());
        int[] train = counts(split.train());
        assertEquals(50.4, train[0], 0.9);
        assertEquals(14.4, train[1], 0.9);
        assertEquals(7.2, train[2], 0.9);
        assertArrayEquals(
                sortedFirstInputs(numbered(90)), sortedFirstInputs(split.train(), split.validation()));
        var again = classes(90).stratifiedSplit(0.8, 1).train().all().inputs().toArray();
        assertArrayEquals(again, split.train().all().inputs().toArray());
        assertFalse(Arrays.equals(again, classes(90).stratifiedSplit(0.8, 2).train().all().inputs().toArray()));
    }

    @Test
    void foldsValidateOnEverySampleOnce() {
        for (var folds : List.of(classes(53).folds(4, 1), classes(53).stratifiedFolds(4, 1))) {
            assertEquals(4, folds.size());
            var validation = folds.stream().map(Dataset.Split::validation).toArray(Dataset[]::new);
            assertArrayEquals(sortedFirstInputs(numbered(53)), sortedFirstInputs(validation));
            for (var fold : folds) {
                assertEquals(53 / 4.0, fold.validation().size(), 0.8);
                assertArrayEquals(
                        sortedFirstInputs(numbered(53)), sortedFirstInputs(fold.train(), fold.validation()));
            }
        }
    }

    @Test
    void stratifiedFoldsDealOutEachClassEvenly() {
        // 53 samples: 38 of class 0, 10 of class 1 and 5 of class 2
        for (var fold : classes(53).stratifiedFolds(4, 7)) {
            int[] counts = counts(fold.validation());
            assertEquals(38 / 4.0, counts[0], 0.8);
            assertEquals(10 / 4.0, counts[1], 0.8);
            assertEquals(5 / 4.0, counts[2], 0.8);
        }
    }

    @Test
    void oneHotTargetsAndColumnsAreClassesAndValuesAreNot() {
        var oneHot = Dataset.of(numbered(10).all().inputs(), Tensor.oneHot(2, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1));
        assertEquals(5, oneHot.stratifiedSplit(0.5, 1).train().size());
        var column = Dataset.of(numbered(4).all().inputs(), Tensor.of(Shape.of(4, 1), 0, 1, 0, 1));
        float[] half = column.stratifiedSplit(0.5, 1).train().all().targets().toArray();
        assertEquals(1, half[0] + half[1]);
        var values = Dataset.of(numbered(2).all().inputs(), Tensor.vector(0.5f, 1));
        assertThrows(ShapeException.class, () -> values.stratifiedSplit(0.5, 1));
        var labels = Dataset.of(numbered(2).all().inputs(), Tensor.of(Shape.of(2, 2), 1, 1, 0, 1));
        assertThrows(ShapeException.class, () -> labels.stratifiedFolds(2, 1));
        assertThrows(IllegalArgumentException.class, () -> numbered(3).folds(4, 1));
        assertThrows(IllegalArgumentException.class, () -> numbered(3).folds(1, 1));
        assertThrows(IllegalArgumentException.class, () -> numbered(3).stratifiedSplit(1.5, 1));
    }

    @Test
    void weightsGoWithTheirSamples() {
        var weighted = numbered(4).weighted(1, 2, 3, 4);
        assertArrayEquals(new float[] {4, 2}, weighted.batch(3, 1).weights().toArray());
        var moved = weighted.subset(2, 0).map(inputs -> inputs.times(2));
        assertArrayEquals(new float[] {3, 1}, moved.all().weights().toArray());
        assertEquals(0, numbered(4).all().weights().rank());
        assertThrows(IllegalArgumentException.class, () -> numbered(2).weighted(1));
        assertThrows(IllegalArgumentException.class, () -> numbered(2).weighted(1, -1));
    }

    /** n / (classes · count), as scikit-learn's class_weight="balanced": 10 / (3 · 7), 10 / (3 · 2), 10 / (3 · 1). */
    @Test
    void balancedWeightsLetEveryClassCountTheSame() {
        assertArrayEquals(
                new float[] {10 / 21f, 10 / 6f, 10 / 3f}, classes(10).balancedClassWeights(3), 1e-6f);
        assertEquals(0, classes(10).balancedClassWeights(4)[3]);
        assertThrows(ShapeException.class, () -> classes(10).balancedClassWeights(2));
    }
}
