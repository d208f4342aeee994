package org.espalier.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Shared libraries found as resources on the class path, unpacked once into a folder of the temporary directory and
 * opened through the foreign function interface. Functions are linked as critical: the cheapest call there is.
 */
@SuppressWarnings("restricted") // the flag --enable-native-access gives it leave
final class NativeLibrary {
    private static final int ALIGNMENT = 64;

    private final SymbolLookup symbols;

    private NativeLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /** Whether the class path holds this library. */
    static boolean isPresent(String folder, String name) {
        return resource(folder, name) != null;
    }

    /**
     * Unpacks and opens libraries of one folder, in this order; functions are looked up in all of them.
     *
     * @param alsoUnpack files that the libraries open by themselves
     */
    static NativeLibrary open(String folder, String[] names, String... alsoUnpack) {
        try {
            for (var name : alsoUnpack) {
                unpack(folder, name);
            }
            SymbolLookup all = symbol -> Optional.empty();
            for (var name : names) {
                all = SymbolLookup.libraryLookup(unpack(folder, name), Arena.global()).or(all);
            }
            return new NativeLibrary(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL resource(String folder, String name) {
        return NativeLibrary.class.getClassLoader().getResource(folder + "/" + name);
    }

    private static Path unpack(String folder, String name) throws IOException {
        var resource = resource(folder, name);
        if (resource == null) {
            throw new IOException("not on the class path: " + folder + "/" + name);
        }
        var connection = resource.openConnection();
        var directory = Path.of(System.getProperty("java.io.tmpdir"), "espalier-bench", folder.replace('/', '-'));
        var target = directory.resolve(name);
        if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
            return target;
        }
        Files.createDirectories(directory);
        var partial = Files.createTempFile(directory, name, ".part");
        try (var in = connection.getInputStream()) {
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A function that may run without a transition, as it never calls back. */
    MethodHandle critical(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbol(name), type, Linker.Option.critical(false));
    }

    /** A function called the ordinary way: one that may take long, print or start threads. */
    MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbol(name), type);
    }

    private MemorySegment symbol(String name) {
        return symbols.find(name).orElseThrow(() -> new IllegalStateException("no such function: " + name));
    }

    /** A copy outside the heap that begins at a cache line and is never freed. */
    static MemorySegment aligned(float[] values) {
        var segment = Arena.global().allocate((long) values.length * Float.BYTES, ALIGNMENT);
        MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, values.length);
        return segment;
    }

    /** Text that a function returned the address of. */
    static String text(MemorySegment address) {
        return address.address() == 0 ? "" : address.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** What {@link MethodHandle#invokeExact} may throw by its signature but a downcall never does. */
    static RuntimeException unexpected(Throwable e) {
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
