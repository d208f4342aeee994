package org.espalier.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * New processes to measure in: this JVM and class path, given flags and variables, otherwise an environment that
 * disturbs no peer.
 */
final class Jvm {
    private Jvm() {}

    /** A process that runs this class; it prints where the caller does. */
    static ProcessBuilder of(
            Class<?> main, List<String> flags, Map<String, String> variables, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        Variables.apply(builder.environment());
        builder.environment().putAll(variables);
        return builder;
    }
}
