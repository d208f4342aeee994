package org.espalier.kernel.choice;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.espalier.kernel.Fma;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.SparseKernels;
import org.espalier.kernel.vector.VectorKernels;
import org.espalier.kernel.vector.VectorSparse;
import org.espalier.kernel.warmup.WarmingKernels;
import org.espalier.kernel.warmup.WarmingSparse;

/**
 * Which kernels this JVM uses, and why. Decided once, when they are first needed: by {@link #select}, or else by the
 * system property {@value #PROPERTY}:
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
 * <p>All of them give the same bits.
 *
 * @param dense for dense operands, for the library's own modules
 * @param sparse for sparse weights, for the library's own modules
 * @param reason one sentence saying why
 */
@SuppressWarnings("exports") // users read the reason; the kernels are for the library's own modules
public record KernelChoice(Kernels dense, SparseKernels sparse, String reason) {
    /** The system property read when the kernels are first used. */
    public static final String PROPERTY = "espalier.kernels";

    private static final String MODULE = "jdk.incubator.vector";
    private static final int MIN_LANES = 4;
    private static final AtomicReference<String> SELECTED = new AtomicReference<>();

    /**
     * What the decision rests on.
     *
     * @param module the incubator module is in the boot layer
     * @param vm the name of the virtual machine
     * @param c2 the optimizing compiler that understands vectors is present and in use
     * @param fma the processor has a fused multiply-add
     * @param lanes float lanes of the preferred vector, 0 without the module
     */
    record Facts(boolean module, String vm, boolean c2, boolean fma, int lanes) {
        static Facts ofThisJvm() {
            boolean module = false;
            for (var one : ModuleLayer.boot().modules()) {
                module |= one.getName().equals(MODULE);
            }
            String vm = System.getProperty("java.vm.name", "");
            boolean c2 = hasC2(vm, System.getProperty("java.vm.info", ""));
            return new Facts(module, vm, c2, Fma.HARDWARE, module ? VectorKernels.preferredLanes() : 0);
        }

        /** HotSpot's server VM, unless its info string says that it interprets or emulates the client compiler. */
        static boolean hasC2(String vmName, String vmInfo) {
            String info = vmInfo.toLowerCase(Locale.ROOT);
            return isHotSpot(vmName) && !info.contains("interpreted") && !info.contains("emulated-client");
        }

        private static boolean isHotSpot(String vmName) {
            return vmName.contains("Server VM");
        }

        /** What is missing for the vector kernels, if anything. */
        Optional<String> obstacle() {
            if (!module) {
                return Optional.of("the module " + MODULE + " is not among the modules of this JVM; start it with "
                        + "--add-modules " + MODULE + " (an image made by jlink must contain the module too)");
            }
            if (!isHotSpot(vm)) {
                return Optional.of("they need the C2 compiler of HotSpot, and this JVM is " + vm);
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

    /** The scalar kernels, made on their own: they must not wait for anything of the vector kernels. */
    private static final class Scalar {
        static final KernelChoice CHOICE = scalar("Scalar kernels.");
    }

    /** The vector kernels, if they can run at all. */
    private static final class Vector {
        static final Optional<KernelChoice> CHOICE = Facts.ofThisJvm().lanes() >= MIN_LANES
                ? Optional.of(vector("Vector kernels."))
                : Optional.empty();
    }

    /** The outcome of the one decision; a refusal is kept too, so that every caller gets the same plain exception. */
    private static final class Current {
        static final KernelChoice CHOICE;
        static final RuntimeException REFUSAL;

        static {
            SELECTED.compareAndSet(null, System.getProperty(PROPERTY, "auto"));
            String wanted = SELECTED.get();
            KernelChoice choice = null;
            RuntimeException refusal = null;
            try {
                choice = decide(wanted, Facts.ofThisJvm());
                if (wanted.equals("auto") && choice.dense() == Kernels.scalar()) {
                    notice(choice.reason());
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                refusal = e;
            }
            CHOICE = choice;
            REFUSAL = refusal;
        }
    }

    /**
     * On a thread that ends at once: the first logger of a program takes longer than loading a model. A host that
     * allows no thread gets no notice.
     */
    private static void notice(String text) {
        try {
            new Thread("espalier-notice") {
                @Override
                public void run() {
                    System.getLogger(KernelChoice.class.getPackageName()).log(System.Logger.Level.INFO, text);
                }
            }.start();
        } catch (SecurityException | OutOfMemoryError refused) {
            // the reason can still be asked for
        }
    }

    /**
     * The choice of this JVM.
     *
     * @throws IllegalStateException if the vector kernels were asked for and cannot run
     * @throws IllegalArgumentException if the property has an unknown value
     */
    public static KernelChoice current() {
        if (Current.REFUSAL != null) {
            throw Current.REFUSAL;
        }
        return Current.CHOICE;
    }

    /**
     * Chooses in code what the property {@value #PROPERTY} would choose; to be called before anything is computed.
     *
     * @param wanted {@code auto}, {@code scalar} or {@code vector}
     * @return the choice that holds from now on
     * @throws IllegalStateException if the kernels were chosen before, otherwise, or if they cannot run
     * @throws IllegalArgumentException if there is no such choice
     */
    public static KernelChoice select(String wanted) {
        if (!wanted.equals("auto") && !wanted.equals("scalar") && !wanted.equals("vector")) {
            throw unknown(wanted);
        }
        if (!SELECTED.compareAndSet(null, wanted) && !SELECTED.get().equals(wanted)) {
            throw new IllegalStateException("the kernels \"" + SELECTED.get() + "\" are in use already; select \""
                    + wanted + "\" before anything is computed");
        }
        return current();
    }

    /** The scalar kernels, chosen or not. */
    public static KernelChoice scalar() {
        return Scalar.CHOICE;
    }

    /** The vector kernels without warm-up where they can run at all, chosen or not: tests compare both. */
    public static Optional<KernelChoice> vector() {
        return Vector.CHOICE;
    }

    private static KernelChoice scalar(String reason) {
        return new KernelChoice(Kernels.scalar(), SparseKernels.scalar(), reason);
    }

    private static KernelChoice vector(String reason) {
        return new KernelChoice(VectorKernels.create(), VectorSparse.INSTANCE, reason);
    }

    private static IllegalArgumentException unknown(String wanted) {
        return new IllegalArgumentException(PROPERTY + " is " + wanted + ", but must be auto, scalar or vector");
    }

    static KernelChoice decide(String wanted, Facts facts) {
        Optional<String> obstacle = facts.obstacle();
        return switch (wanted) {
            case "scalar" -> scalar("Scalar kernels, because " + PROPERTY + "=scalar asks for them.");
            case "vector" -> {
                if (obstacle.isPresent()) {
                    throw new IllegalStateException(PROPERTY + "=vector cannot be honored: " + obstacle.get());
                }
                var vector = vector().orElseThrow();
                yield new KernelChoice(vector.dense(), vector.sparse(), "Vector kernels with " + facts.lanes()
                        + " float lanes, because " + PROPERTY + "=vector asks for them.");
            }
            case "auto" -> {
                if (obstacle.isPresent()) {
                    yield scalar("Scalar kernels instead of vector kernels: " + obstacle.get() + ".");
                }
                var vector = vector().orElseThrow();
                yield new KernelChoice(WarmingKernels.of(vector.dense()), WarmingSparse.of(vector.sparse()),
                        "Vector kernels with " + facts.lanes() + " float lanes, once they are compiled.");
            }
            default -> throw unknown(wanted);
        };
    }
}
