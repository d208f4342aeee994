package org.espalier.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs the suite again without the environment variables that change how the native libraries behave: some machines
 * have them set to make results repeat, which costs a peer its best code path.
 */
final class CleanProcess {
    private static final List<String> PREFIXES = List.of(
            "OPENBLAS_", "GOTO_", "MKL_", "OMP_", "KMP_", "BLIS_", "DNNL_", "ONEDNN_", "ATEN_", "PYTORCH_", "ORT_",
            "NVPL_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private CleanProcess() {}

    /** The names among these that must go, in order. */
    static List<String> disturbing(Set<String> names) {
        return names.stream().filter(name -> PREFIXES.stream().anyMatch(name::startsWith)).sorted().toList();
    }

    /** Runs the suite with these arguments, one more JVM flag, and without those variables; its exit code. */
    static int run(List<String> without, String flag, String... args) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add(flag);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Suite.class.getName());
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).inheritIO();
        without.forEach(builder.environment()::remove);
        var process = builder.start();
        // An interrupted suite must not go on measuring behind the user's back.
        var stop = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stop);
        return process.waitFor();
    }
}
