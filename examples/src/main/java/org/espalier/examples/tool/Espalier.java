package org.espalier.examples.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command-line tool. Exit codes: 0 good, 1 failed, 2 wrong usage. An error is one sentence; {@code --verbose} gives
 * the trace.
 */
@Command(
        name = "espalier",
        description = "Trains, prunes, runs and serves small neural networks.",
        mixinStandardHelpOptions = true,
        version = "0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.class, PredictCommand.class, InspectCommand.class, ServeCommand.class,
                ReportCommand.class, LessonCommand.class})
public final class Espalier implements Runnable {
    @Option(names = "--verbose", scope = CommandLine.ScopeType.INHERIT, description = "Show the trace of an error.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    /** Ends the process with the exit code. */
    public static void main(String... args) {
        System.exit(run(args));
    }

    /** Runs a command and returns its exit code. */
    static int run(String... args) {
        var tool = new Espalier();
        return new CommandLine(tool)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println("espalier: " + sentence(e));
                    if (tool.verbose) {
                        e.printStackTrace(command.getErr());
                    }
                    return 1;
                })
                .execute(args);
    }

    /** What went wrong, as one sentence. */
    private static String sentence(Exception e) {
        return switch (e) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file";
            case UncheckedIOException wrapped -> sentence(wrapped.getCause());
            case IOException io when io.getMessage() == null -> io.toString();
            case RuntimeException other when other.getMessage() == null -> other.toString();
            default -> e.getMessage();
        };
    }

    /** Without a command: how to use it. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
