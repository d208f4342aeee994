package org.espalier.nn.train;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.espalier.tensor.Tensor;

/** Programs of the tests in a JVM of their own, whether the tests run from a class path or a module path. */
public final class OwnJvm {
    private OwnJvm() {}

    /** A process to be started, its error output going where its output goes. */
    public static ProcessBuilder of(List<String> flags, Class<?> program, String... arguments)
            throws URISyntaxException {
        var classPath = new LinkedHashSet<String>();
        for (var type : new Class<?>[] {program, Checkpoint.class, Tensor.class}) {
            classPath.add(locationOf(type));
        }
        classPath.add(Path.of(locationOf(Checkpoint.class)).resolveSibling("test-classes").toString());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static String locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
