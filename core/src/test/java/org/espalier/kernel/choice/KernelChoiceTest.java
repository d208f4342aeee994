package org.espalier.kernel.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.kernel.Kernels;
import org.espalier.kernel.SparseKernels;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
    private static final KernelChoice.Facts GOOD = facts(true, true, true, 16);
    private static final KernelChoice.Facts NO_MODULE = facts(false, true, true, 0);

    private static KernelChoice.Facts facts(boolean module, boolean c2, boolean fma, int lanes) {
        return new KernelChoice.Facts(module, "OpenJDK 64-Bit Server VM", c2, fma, lanes);
    }

    @Test
    void autoWithoutTheModuleFallsBackAndNamesTheFlag() {
        KernelChoice choice = KernelChoice.decide("auto", NO_MODULE);
        assertSame(Kernels.scalar(), choice.dense());
        assertTrue(choice.reason().contains("--add-modules jdk.incubator.vector"), choice.reason());
    }

    @Test
    void autoWithoutC2FallsBack() {
        KernelChoice choice = KernelChoice.decide("auto", facts(true, false, true, 16));
        assertSame(Kernels.scalar(), choice.dense());
        assertTrue(choice.reason().contains("C2"), choice.reason());
    }

    @Test
    void anotherVirtualMachineIsNamedAndNoFlagOfHotSpotIsAdvised() {
        for (String vm : new String[] {"Eclipse OpenJ9 VM", "Zing 64-Bit Tiered VM", "Substrate VM"}) {
            KernelChoice choice = KernelChoice.decide("auto", new KernelChoice.Facts(true, vm, false, true, 16));
            assertSame(Kernels.scalar(), choice.dense());
            assertTrue(choice.reason().contains(vm), choice.reason());
            assertFalse(choice.reason().contains("-Xint"), choice.reason());
        }
    }

    @Test
    void autoWithoutFusedMultiplyAddFallsBack() {
        KernelChoice choice = KernelChoice.decide("auto", facts(true, true, false, 16));
        assertSame(Kernels.scalar(), choice.dense());
        assertTrue(choice.reason().contains("fused multiply-add"), choice.reason());
    }

    @Test
    void autoWithTooFewLanesFallsBack() {
        KernelChoice choice = KernelChoice.decide("auto", facts(true, true, true, 2));
        assertSame(Kernels.scalar(), choice.dense());
        assertTrue(choice.reason().contains("2 float lanes"), choice.reason());
    }

    @Test
    void scalarIsHonoredWhateverTheMachineHas() {
        assertSame(Kernels.scalar(), KernelChoice.decide("scalar", GOOD).dense());
    }

    @Test
    void vectorThrowsWithTheReason() {
        var e = assertThrows(IllegalStateException.class, () -> KernelChoice.decide("vector", NO_MODULE));
        assertTrue(e.getMessage().contains("--add-modules jdk.incubator.vector"), e.getMessage());
    }

    @Test
    void denseAndSparseKernelsAreChosenTogether() {
        assertSame(SparseKernels.scalar(), KernelChoice.decide("auto", NO_MODULE).sparse());
        assertSame(SparseKernels.scalar(), KernelChoice.decide("scalar", GOOD).sparse());
        assertSame(SparseKernels.scalar(), KernelChoice.scalar().sparse());
    }

    @Test
    void aChoiceInCodeThatComesTooLateIsRefusedAndTheSameOneIsNot() {
        KernelChoice current = KernelChoice.current();
        String wanted = System.getProperty(KernelChoice.PROPERTY, "auto");

        assertSame(current, KernelChoice.select(wanted));
        String other = wanted.equals("scalar") ? "vector" : "scalar";
        var e = assertThrows(IllegalStateException.class, () -> KernelChoice.select(other));
        assertTrue(e.getMessage().contains("before anything is computed"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> KernelChoice.select("fast"));
        assertSame(current, KernelChoice.current());
    }

    @Test
    void anUnknownValueIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> KernelChoice.decide("fast", GOOD));
    }

    @Test
    void theCompilerIsReadFromTheVmStrings() {
        String server = "OpenJDK 64-Bit Server VM";
        assertTrue(KernelChoice.Facts.hasC2(server, "mixed mode, sharing"));
        assertTrue(KernelChoice.Facts.hasC2(server, "compiled mode, sharing"));
        assertFalse(KernelChoice.Facts.hasC2(server, "mixed mode, emulated-client, sharing"));
        assertFalse(KernelChoice.Facts.hasC2(server, "interpreted mode, sharing"));
        assertFalse(KernelChoice.Facts.hasC2("OpenJDK 64-Bit Zero VM", "mixed mode"));
    }

    @Test
    @Tag("kernel-width")
    void theVectorKernelsAreHereWhenTheRunAsksForThem() {
        Assumptions.assumeTrue("vector".equals(System.getProperty(KernelChoice.PROPERTY)));
        assertTrue(KernelChoice.current().dense().name().startsWith("vector-"));
        assertEquals(KernelChoice.current().dense(), KernelChoice.vector().orElseThrow().dense());
    }
}
