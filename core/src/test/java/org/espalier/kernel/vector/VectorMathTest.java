package org.espalier.kernel.vector;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.espalier.kernel.FloatBits;
import org.espalier.kernel.Kernels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorMathTest {
    private interface FloatMap {
        void apply(Kernels kernels, float[] x, int xo, float[] y, int yo, int n);
    }

    private static final Map<String, FloatMap> MAPS = new TreeMap<>(Map.of(
            "exp", Kernels::exp, "log", Kernels::log, "tanh", Kernels::tanh, "sigmoid", Kernels::sigmoid,
            "erf", Kernels::erf, "gelu", Kernels::gelu, "softplus", Kernels::softplus));

    private final Random random = new Random(3);
    private Kernels vector;

    @BeforeEach
    void needsTheModule() {
        vector = VectorKernelsTest.assumePresent();
    }

    @Test
    void everyLengthAndOffsetGivesTheBitsOfTheScalarFunctions() {
        MAPS.forEach((name, map) -> {
            for (int n = 0; n <= 50; n++) {
                for (int offset = 0; offset < 3; offset++) {
                    float[] x = FloatBits.mixed(random, n + 5);
                    check(name, map, x, offset, 2 - offset, n);
                }
            }
        });
    }

    @Test
    void manyInputsGiveTheBitsOfTheScalarFunctions() {
        MAPS.forEach((name, map) -> {
            for (int i = 0; i < 20; i++) {
                float[] x = FloatBits.mixed(random, 10_000);
                check(name, map, x, 0, 0, x.length);
            }
        });
    }

    @Test
    void everyMapMayWriteOverItsInput() {
        MAPS.forEach((name, map) -> {
            float[] x = FloatBits.mixed(random, 77);
            float[] expected = new float[77];
            map.apply(Kernels.scalar(), x, 0, expected, 0, 77);
            for (Kernels kernels : new Kernels[] {Kernels.scalar(), vector}) {
                float[] y = x.clone();
                map.apply(kernels, y, 0, y, 0, 77);
                FloatBits.assertSame(expected, y, name + " in place by " + kernels.name());
            }
        });
    }

    private void check(String name, FloatMap map, float[] x, int xo, int yo, int n) {
        float[] expected = new float[n + 5];
        float[] actual = new float[n + 5];
        map.apply(Kernels.scalar(), x, xo, expected, yo, n);
        map.apply(vector, x, xo, actual, yo, n);
        FloatBits.assertSame(expected, actual, name + " of " + n + " at " + xo);
    }
}
