package org.espalier.prune.deploy;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the JVM's compilers are at, by the diagnostic command {@code Compiler.queue} of HotSpot: a time measured while
 * one of this library's methods still waits to be compiled says nothing about the compiled code.
 */
final class CompilerQueue {
    private CompilerQueue() {}

    /**
     * Whether a method of this library, or of the Vector API that it calls, waits for a compiler or is being compiled;
     * empty where the JVM does not tell.
     */
    static Optional<Boolean> busy() {
        try {
            var command = new ObjectName("com.sun.management:type=DiagnosticCommand");
            var queue = ManagementFactory.getPlatformMBeanServer()
                    .invoke(command, "compilerQueue", new Object[0], new String[0]);
            return queue instanceof String text ? Optional.of(busy(text)) : Optional.empty();
        } catch (JMException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The same of what the command prints: a line for each method, with its full name. */
    static boolean busy(String queue) {
        return queue.contains(" org.espalier.") || queue.contains(" jdk.incubator.vector.");
    }
}
