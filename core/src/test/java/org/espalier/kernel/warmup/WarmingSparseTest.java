package org.espalier.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.junit.jupiter.api.Test;

class WarmingSparseTest {
    private final List<String> asked = new ArrayList<>();

    /** Kernels that only say who was asked. */
    private SparseKernels named(String name) {
        return (SparseKernels) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SparseKernels.class}, (proxy, method, arguments) -> {
                    asked.add(name + " " + method.getName());
                    return null;
                });
    }

    private static void askAll(SparseKernels kernels) {
        for (int height : new int[] {1, 4}) {
            kernels.csr(rows(height), null, true, true, 0, 0, 0, null, 0, 0, null, null, null, 0, 0);
        }
        kernels.sddmm(rows(1), 0, 0, 0, null, null, null);
        kernels.csrVector(rows(1), null, 0, 0, null, 0, null, null, null, 0);
        kernels.csrVector(rows(4), null, 0, 0, null, 0, null, null, null, 0);
        kernels.sellVector(null, 0, 0, 0, null, 0, null, null, null, 0);
        kernels.bitmapVector(null, 0, 0, 0, null, 0, null, null, null, 0);
        kernels.permuteVector(null, 0, 0, 0, null, 0, null, null, null, 0);
    }

    private static SparseKernels.Csr rows(int height) {
        return new SparseKernels.Csr(height, 0, 0, 1, new int[1], new char[0]);
    }

    private static WarmUp idle() {
        return new WarmUp() {
            @Override
            void start(Runnable work) {}
        };
    }

    @Test
    void eachFamilySwitchesOverByItself() {
        var warming = new WarmingSparse(named("scalar"), named("vector"), idle());
        warming.family(SparseFamily.Kind.BLOCKS).end(true);
        askAll(warming);
        assertEquals(
                List.of("scalar csr", "vector csr", "scalar sddmm", "scalar csrVector", "scalar csrVector",
                        "scalar sellVector", "scalar bitmapVector", "scalar permuteVector"),
                asked);
        assertFalse(warming.settled());

        asked.clear();
        for (var kind : SparseFamily.Kind.values()) {
            warming.family(kind).end(true);
        }
        askAll(warming);
        assertTrue(asked.stream().allMatch(call -> call.startsWith("vector ")), asked::toString);
    }

    @Test
    void everyFamilyRunsOnBothSidesWithoutAFault() {
        var vector = KernelChoice.vector().map(KernelChoice::sparse).orElse(SparseKernels.scalar());
        var warming = new WarmingSparse(SparseKernels.scalar(), vector, idle());
        for (var kind : SparseFamily.Kind.values()) {
            warming.family(kind).run(true);
            warming.family(kind).run(false);
        }

        float[] y = new float[1];
        var w = new SparseKernels.Csr(1, 1, 1, 1, new int[] {0, 1}, new char[] {0});
        warming.csrVector(w, new float[] {2}, 0, 1, new float[] {3}, 0, null, FusedActivation.NONE, y, 0);
        assertArrayEquals(new float[] {6}, y);
    }
}
