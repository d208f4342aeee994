package org.espalier.io;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * How many bytes a piece of code allocates, counted by the JVM for this thread. The counter is looked up by name,
 * because the module under test has no reason to read the management modules.
 */
public final class Allocation {

    private static final MethodHandle COUNTER = counter();

    /** What is measured. */
    public interface Code {
        /** Runs it. */
        Object run() throws IOException;
    }

    private Allocation() {}

    /** Bytes allocated, whether the code succeeds or ends in a {@link FormatException}. */
    public static long of(Code code) {
        long before = count();
        try {
            code.run();
        } catch (FormatException refused) {
            // Refusing costs what it costs.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return count() - before;
    }

    /** What a reader may allocate for an input of this many bytes. */
    static long allowed(long inputLength) {
        return (1L << 20) + 4 * inputLength;
    }

    private static long count() {
        try {
            return (long) COUNTER.invoke();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle counter() {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Object threads = factory.getMethod("getThreadMXBean").invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            return MethodHandles.publicLookup()
                    .findVirtual(type, "getCurrentThreadAllocatedBytes", MethodType.methodType(long.class))
                    .bindTo(threads);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("this JVM does not count allocations", e);
        }
    }
}
