package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
    private static final KernelChoice.Facts GOOD = new KernelChoice.Facts(true, true, true, 16);
    private static final KernelChoice.Facts NO_MODULE = new KernelChoice.Facts(false, true, true, 0);

    @Test
    void autoWithoutTheModuleFallsBackAndNamesTheFlag() {
        KernelChoice choice = KernelChoice.decide("auto", NO_MODULE);
        assertSame(Kernels.scalar(), choice.kernels());
        assertTrue(choice.reason().contains("--add-modules jdk.incubator.vector"), choice.reason());
    }

    @Test
    void autoWithoutC2FallsBack() {
        KernelChoice choice = KernelChoice.decide("auto", new KernelChoice.Facts(true, false, true, 16));
        assertSame(Kernels.scalar(), choice.kernels());
        assertTrue(choice.reason().contains("C2"), choice.reason());
    }

    @Test
    void autoWithoutFusedMultiplyAddFallsBack() {
        KernelChoice choice = KernelChoice.decide("auto", new KernelChoice.Facts(true, true, false, 16));
        assertSame(Kernels.scalar(), choice.kernels());
        assertTrue(choice.reason().contains("fused multiply-add"), choice.reason());
    }

    @Test
    void autoWithTooFewLanesFallsBack() {
        KernelChoice choice = KernelChoice.decide("auto", new KernelChoice.Facts(true, true, true, 2));
        assertSame(Kernels.scalar(), choice.kernels());
        assertTrue(choice.reason().contains("2 float lanes"), choice.reason());
    }

    @Test
    void scalarIsHonoredWhateverTheMachineHas() {
        assertSame(Kernels.scalar(), KernelChoice.decide("scalar", GOOD).kernels());
    }

    @Test
    void vectorThrowsWithTheReason() {
        var e = assertThrows(IllegalStateException.class, () -> KernelChoice.decide("vector", NO_MODULE));
        assertTrue(e.getMessage().contains("--add-modules jdk.incubator.vector"), e.getMessage());
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
        assertTrue(KernelChoice.current().kernels().name().startsWith("vector-"));
        assertEquals(KernelChoice.current().kernels(), Kernels.vector().orElseThrow());
    }
}
