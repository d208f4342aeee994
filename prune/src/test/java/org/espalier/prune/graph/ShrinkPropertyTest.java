package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.junit.jupiter.api.Test;

class ShrinkPropertyTest {
    private static final int ROWS = 3;

    @Test
    void aShrunkModelGivesTheOutputsOfTheMaskedOneWithinFloatRounding() {
        int removed = 0;
        int constant = 0;
        for (long seed = 0; seed < 200; seed++) {
            var random = new RandomModels(seed);
            var model = random.model();
            random.mask(model);
            var result = Shrink.of(model);
            assertSameOutputs(seed, random, model, result);
            removed += result.removed().size();
            constant += (int) result.removed().stream()
                    .filter(unit -> unit.cause() == RemovalCause.CONSTANT)
                    .count();
        }
        assertTrue(removed > 2000 && constant > 500, removed + " removed, " + constant + " constant");
    }

    private static void assertSameOutputs(long seed, RandomModels random, Layer model, ShrinkResult result) {
        int in = result.inputs().before().dim(0);
        var x = random.inputs(ROWS, in);
        var masked = model.forward(x);
        var shrunk = result.model().forward(x);
        assertEquals(masked.shape(), shrunk.shape());
        int out = masked.dim(1);
        for (int row = 0; row < ROWS; row++) {
            var expected = ErrorBound.of(model, x.slice(0, row, row + 1).toArray());
            for (var actual : List.of(masked, shrunk)) {
                float[] values = actual.slice(0, row, row + 1).toArray();
                int outside = ErrorBound.firstOutside(expected, values);
                assertEquals(-1, outside, () -> "seed " + seed + ", output " + outside + " of " + out + ": "
                        + values[outside] + " is not " + expected.get(outside) + " in " + result.model());
            }
        }
    }

    @Test
    void aSecondShrinkChangesNothing() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new RandomModels(seed);
            var model = random.model();
            random.mask(model);
            var once = Shrink.of(model);
            var twice = Shrink.of(once.model());
            assertTrue(twice.removed().isEmpty(), "seed " + seed + " " + twice.removed() + " " + once.model());
            assertEquals(StateDict.of(once.model()), StateDict.of(twice.model()), "seed " + seed);
            assertTrue(twice.kept().values().stream().allMatch(KeptIndices::all));
        }
    }

    @Test
    void theOriginalKeepsItsBitsAndMasks() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new RandomModels(seed);
            var model = random.model();
            random.mask(model);
            var before = StateDict.of(model);
            Shrink.of(model);
            assertEquals(before, StateDict.of(model));
        }
    }

    @Test
    void inAChainExactlyTheUnitsGoThatANaiveIterationFinds() {
        for (long seed = 0; seed < 150; seed++) {
            var random = new RandomModels(seed);
            var model = random.chain();
            random.mask(model);
            var layers = new ArrayList<Linear>();
            var names = new ArrayList<String>();
            model.children().forEach((name, layer) -> {
                if (layer instanceof Linear linear) {
                    layers.add(linear);
                    names.add(name);
                }
            });
            var idle = idleUnits(layers);
            var expected = new ArrayList<String>();
            for (int level = 0; level < layers.size(); level++) {
                boolean all = true;
                for (boolean unit : idle.get(level)) {
                    all &= unit;
                }
                for (int i = 0; i < idle.get(level).length; i++) {
                    if (idle.get(level)[i] && !(all && i == 0)) {
                        expected.add((level == 0 ? ShrinkResult.INPUT : names.get(level - 1)) + " " + i);
                    }
                }
            }
            var actual = Shrink.of(model).removed().stream().map(unit -> unit.layer() + " " + unit.index()).toList();
            assertEquals(expected, actual, "seed " + seed);
        }
    }

    /** By level, inputs first and outputs left out: dead or constant, found by going on until nothing changes. */
    private static List<boolean[]> idleUnits(List<Linear> layers) {
        var dead = new ArrayList<boolean[]>();
        var constant = new ArrayList<boolean[]>();
        for (var layer : layers) {
            dead.add(new boolean[layer.in()]);
            constant.add(new boolean[layer.in()]);
        }
        dead.add(new boolean[layers.getLast().out()]);
        constant.add(new boolean[layers.getLast().out()]);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int level = 0; level < layers.size(); level++) {
                var mask = layers.get(level).weight().mask().orElseThrow();
                int in = layers.get(level).in();
                int out = layers.get(level).out();
                for (int i = 0; i < in; i++) {
                    boolean read = false;
                    for (int o = 0; o < out; o++) {
                        read |= mask.keeps(o * in + i) && !dead.get(level + 1)[o];
                    }
                    changed |= dead.get(level)[i] == read;
                    dead.get(level)[i] = !read;
                }
                for (int o = 0; o < out; o++) {
                    boolean fed = false;
                    for (int i = 0; i < in; i++) {
                        fed |= mask.keeps(o * in + i) && !constant.get(level)[i];
                    }
                    changed |= constant.get(level + 1)[o] == fed;
                    constant.get(level + 1)[o] = !fed;
                }
            }
        }
        var idle = new ArrayList<boolean[]>();
        for (int level = 0; level < layers.size(); level++) {
            var one = dead.get(level);
            for (int i = 0; i < one.length; i++) {
                one[i] |= constant.get(level)[i];
            }
            idle.add(one);
        }
        return idle;
    }

    @Test
    void keptWeightsKeepTheirBitsAndMasks() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new RandomModels(seed);
            var model = random.chain();
            random.mask(model);
            var result = Shrink.of(model);
            model.parameters().forEach((name, parameter) -> {
                if (parameter.shape().rank() == 2) {
                    var left = result.kept().get(name);
                    var smaller = result.model().parameters().get(name);
                    float[] before = Storage.array(parameter.value());
                    float[] values = Storage.array(smaller.value());
                    int[] rows = left.along(0);
                    int[] columns = left.along(1);
                    for (int i = 0; i < values.length; i++) {
                        int old = rows[i / columns.length] * parameter.shape().dim(1) + columns[i % columns.length];
                        assertEquals(before[old], values[i]);
                        assertEquals(parameter.mask().orElseThrow().keeps(old), smaller.mask().orElseThrow().keeps(i));
                    }
                }
            });
        }
    }

    @Test
    void deadInputsAreReallyNotRead() {
        for (long seed = 0; seed < 60; seed++) {
            var random = new RandomModels(seed);
            Sequential model = random.chain();
            random.mask(model);
            var result = Shrink.of(model);
            int in = result.inputs().before().dim(0);
            float[] x = random.inputs(1, in).toArray();
            float[] y = x.clone();
            var kept = result.inputs().along(0);
            for (int i = 0; i < in; i++) {
                int feature = i;
                if (Arrays.stream(kept).noneMatch(one -> one == feature)) {
                    y[i] = 1e6f;
                }
            }
            var shape = Shape.of(1, in);
            assertArrayEquals(
                    result.model().forward(Storage.adopt(shape, x)).toArray(),
                    result.model().forward(Storage.adopt(shape, y)).toArray());
            assertArrayEquals(
                    model.forward(Storage.adopt(shape, x)).toArray(), model.forward(Storage.adopt(shape, y)).toArray());
        }
    }
}
