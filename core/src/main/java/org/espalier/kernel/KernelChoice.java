package org.espalier.kernel;

import java.util.Locale;
import java.util.Optional;

/**
 * Which {@link Kernels} this JVM uses, and why. Decided once, by the system property {@value #PROPERTY}:
 *
 * <ul>
 *   <li>{@code auto}, the default: the Vector API where {@code jdk.incubator.vector} is in the boot layer, the
 *       C2 compiler is present, the processor has a fused multiply-add, and a vector has at least {@value #MIN_LANES}
 *       float lanes; otherwise the scalar kernels, with one notice to the logger of this package. The scalar kernels
 *       stand in until the others are compiled;
 *   <li>{@code scalar}: the scalar kernels;
 *   <li>{@code vector}: the Vector API, or an {@link IllegalStateException} that says what is missing.
 * </ul>
 *
 * @param kernels the implementation chosen
 * @param reason one sentence saying why
 */
public record KernelChoice(Kernels kernels, String reason) {
    /** The system property read when the kernels are first used. */
    public static final String PROPERTY = "espalier.kernels";

    static final ScalarKernels SCALAR = new ScalarKernels();
    private static final String MODULE = "jdk.incubator.vector";
    private static final int MIN_LANES = 4;

    /**
     * What the decision rests on.
     *
     * @param module the incubator module is in the boot layer
     * @param c2 the optimizing compiler that understands vectors is present and in use
     * @param fma the processor has a fused multiply-add
     * @param lanes float lanes of the preferred vector, 0 without the module
     */
    record Facts(boolean module, boolean c2, boolean fma, int lanes) {
        static Facts ofThisJvm() {
            boolean module = false;
            for (var one : ModuleLayer.boot().modules()) {
                module |= one.getName().equals(MODULE);
            }
            boolean c2 = hasC2(System.getProperty("java.vm.name", ""), System.getProperty("java.vm.info", ""));
            return new Facts(module, c2, Fma.HARDWARE, module ? VectorKernels.preferredLanes() : 0);
        }

        /** HotSpot's server VM, unless its info string says that it interprets or emulates the client compiler. */
        static boolean hasC2(String vmName, String vmInfo) {
            String info = vmInfo.toLowerCase(Locale.ROOT);
            return vmName.contains("Server VM") && !info.contains("interpreted") && !info.contains("emulated-client");
        }

        /** What is missing for the vector kernels, if anything. */
        Optional<String> obstacle() {
            if (!module) {
                return Optional.of("the module " + MODULE + " is not loaded; add --add-modules " + MODULE
                        + " to the java command");
            }
            if (!c2) {
                return Optional.of("the C2 compiler is not in use; remove -Xint or -XX:TieredStopAtLevel");
            }
            if (!fma) {
                return Optional.of("the processor has no fused multiply-add");
            }
            return lanes < MIN_LANES
                    ? Optional.of("a vector of this machine has only " + lanes + " float lanes")
                    : Optional.empty();
        }
    }

    /** The outcome of the one decision; a refusal is kept too, so that every caller gets the same plain exception. */
    private static final class Current {
        static final KernelChoice CHOICE;
        static final RuntimeException REFUSAL;

        static {
            String wanted = System.getProperty(PROPERTY, "auto");
            KernelChoice choice = null;
            RuntimeException refusal = null;
            try {
                choice = decide(wanted, Facts.ofThisJvm());
                if (wanted.equals("auto") && choice.kernels() == SCALAR) {
                    notice(choice.reason());
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                refusal = e;
            }
            CHOICE = choice;
            REFUSAL = refusal;
        }
    }

    /** On a thread of its own: the first logger of a program takes longer than loading a model. */
    private static void notice(String text) {
        new Thread("espalier-notice") {
            @Override
            public void run() {
                System.getLogger(KernelChoice.class.getPackageName()).log(System.Logger.Level.INFO, text);
            }
        }.start();
    }

    private static final class Present {
        static final Optional<VectorKernels> VECTOR =
                Facts.ofThisJvm().lanes() >= MIN_LANES ? Optional.of(VectorKernels.create()) : Optional.empty();
    }

    /**
     * The choice of this JVM.
     *
     * @throws IllegalStateException if the property asks for the vector kernels and they cannot run
     * @throws IllegalArgumentException if the property has an unknown value
     */
    public static KernelChoice current() {
        if (Current.REFUSAL != null) {
            throw Current.REFUSAL;
        }
        return Current.CHOICE;
    }

    /** The vector kernels where they can run at all, chosen or not: tests compare both. */
    static Optional<Kernels> vectorIfPresent() {
        return Present.VECTOR.map(kernels -> kernels);
    }

    /** The vector kernels behind their stand-ins; the warm-up has begun. */
    private static Kernels warming() {
        var kernels = new WarmingKernels(SCALAR, Present.VECTOR.orElseThrow());
        WarmUp.start(kernels);
        return kernels;
    }

    static KernelChoice decide(String wanted, Facts facts) {
        Optional<String> obstacle = facts.obstacle();
        return switch (wanted) {
            case "scalar" -> new KernelChoice(SCALAR, "Scalar kernels, because " + PROPERTY + "=scalar asks for them.");
            case "vector" -> {
                if (obstacle.isPresent()) {
                    throw new IllegalStateException(PROPERTY + "=vector cannot be honored: " + obstacle.get());
                }
                yield new KernelChoice(vectorIfPresent().orElseThrow(), "Vector kernels with " + facts.lanes()
                        + " float lanes, because " + PROPERTY + "=vector asks for them.");
            }
            case "auto" -> obstacle.isPresent()
                    ? new KernelChoice(SCALAR, "Scalar kernels, several times slower: " + obstacle.get() + ".")
                    : new KernelChoice(
                            warming(),
                            "Vector kernels with " + facts.lanes() + " float lanes, once they are compiled.");
            default -> throw new IllegalArgumentException(
                    PROPERTY + " is " + wanted + ", but must be auto, scalar or vector");
        };
    }
}
