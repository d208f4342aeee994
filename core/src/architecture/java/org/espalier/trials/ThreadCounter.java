package org.espalier.trials;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What the JVM counts for the current thread. The counters are looked up by name, because the modules under test have
 * no reason to read the management modules.
 */
enum ThreadCounter {
    /** Bytes allocated since the thread began. */
    ALLOCATED_BYTES("com.sun.management.ThreadMXBean", "getCurrentThreadAllocatedBytes"),
    /** Time on a processor; a thread that waits or is stopped takes none. */
    CPU_NANOS("java.lang.management.ThreadMXBean", "getCurrentThreadCpuTime");

    private final MethodHandle counter;

    ThreadCounter(String type, String method) {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            counter = MethodHandles.publicLookup()
                    .findVirtual(Class.forName(type), method, MethodType.methodType(long.class))
                    .bindTo(threads);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("this JVM does not count " + name(), e);
        }
    }

    long now() {
        try {
            return (long) counter.invoke();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
