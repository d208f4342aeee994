package org.espalier.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How wide the vectors may be. A narrower machine is had from a wider one: the JVM by a flag, the natives by variables
 * of theirs where they have some. MKL obeys none on processors that are not Intel's, ONNX Runtime none at all: beside
 * narrow vectors of ours, their figures are those of the machine.
 */
enum VectorWidth {
    /** What the machine has. */
    MACHINE("", List.of(), Map.of()),
    /** 512 bits; the machine must have them. */
    BITS_512("512", List.of(), Map.of()),
    /** 256 bits, as with AVX2. */
    BITS_256("256", List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"), Map.of(
            "OPENBLAS_CORETYPE", "Haswell", "MKL_ENABLE_INSTRUCTIONS", "AVX2", "ATEN_CPU_CAPABILITY", "avx2",
            "ONEDNN_MAX_CPU_ISA", "AVX2")),
    /** 128 bits, as with NEON or SSE. */
    BITS_128("128", List.of("-XX:MaxVectorSize=16"), Map.of(
            "OPENBLAS_CORETYPE", "Nehalem", "MKL_ENABLE_INSTRUCTIONS", "SSE4_2", "ATEN_CPU_CAPABILITY", "default",
            "ONEDNN_MAX_CPU_ISA", "SSE41"));

    private final String bits;
    private final List<String> flags;
    private final Map<String, String> variables;

    VectorWidth(String bits, List<String> flags, Map<String, String> variables) {
        this.bits = bits;
        this.flags = flags;
        this.variables = variables;
    }

    /**
     * The width of an option's value.
     *
     * @throws IllegalArgumentException if it is not 512, 256 or 128
     */
    static VectorWidth of(String bits) {
        for (var width : values()) {
            if (width != MACHINE && width.bits.equals(bits)) {
                return width;
            }
        }
        throw new IllegalArgumentException("--width is 512, 256 or 128, not " + bits);
    }

    /** The number of bits; empty for what the machine has. */
    String bits() {
        return bits;
    }

    /** Flags of the JVM. */
    List<String> flags() {
        return flags;
    }

    /** Environment variables of the natives, in order. */
    Map<String, String> variables() {
        return new TreeMap<>(variables);
    }
}
