package org.espalier.nn.infer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Bytes that code allocates on this thread. Looked up by name: the module under test does not read the management
 * ones.
 */
public final class Allocated {
    private Allocated() {}

    /** How many. */
    public static long by(Runnable code) throws ReflectiveOperationException {
        var counter = counter();
        long before = count(counter);
        code.run();
        return count(counter) - before;
    }

    private static long count(MethodHandle counter) {
        try {
            return (long) counter.invoke();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle counter() throws ReflectiveOperationException {
        var threads = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
        var type = Class.forName("com.sun.management.ThreadMXBean");
        return MethodHandles.publicLookup()
                .findVirtual(type, "getCurrentThreadAllocatedBytes", MethodType.methodType(long.class))
                .bindTo(threads);
    }
}
