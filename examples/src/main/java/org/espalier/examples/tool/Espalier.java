package org.espalier.examples.tool;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command-line tool. {@link Failures} lists the exit codes. */
@Command(
        name = "espalier",
        description = "Trains, prunes, runs and serves small neural networks.",
        mixinStandardHelpOptions = true,
        version = "0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = {
            "Exit codes: 0 done, 1 failed, 2 wrong use, 3 a check was not met.",
            "'espalier COMMAND --help' explains a command and shows examples.",
            "bash and zsh complete commands and options after: source <(espalier completion)"
        },
        subcommands = {
            RunCommand.class,
            AutoCommand.class,
            TrainCommand.class,
            PruneCommand.class,
            SensitivityCommand.class,
            QuantizeCommand.class,
            DeployCommand.class,
            EvalCommand.class,
            PredictCommand.class,
            CompareCommand.class,
            BenchCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            ServeCommand.class,
            RecipeCommand.class,
            ReportCommand.class,
            LessonCommand.class,
            CompletionCommand.class
        })
public final class Espalier implements Runnable {
    private static final int SECONDS_TO_STOP = 20;

    @Option(names = "--verbose", scope = CommandLine.ScopeType.INHERIT, description = "Show the trace of an error.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    /** Ends the process with the exit code. Ctrl-C interrupts the command, which saves its state before it ends. */
    public static void main(String... args) {
        var worker = Thread.currentThread();
        var done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (done.getCount() > 0) {
                worker.interrupt();
                await(done);
            }
        }));
        int code = run(args);
        done.countDown();
        System.exit(code);
    }

    private static void await(CountDownLatch done) {
        try {
            done.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a command and returns its exit code. */
    static int run(String... args) {
        var tool = new Espalier();
        var line = commandLine(tool)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler((e, command, parsed) -> e instanceof ParameterException wrong
                        ? Failures.usage(wrong)
                        : Failures.failed(e, command, tool.verbose));
        int code = line.execute(args);
        // A full disk behind a redirection, about which the writers of Java keep quiet.
        boolean lost = line.getOut().checkError() || System.out.checkError();
        return code == Failures.GOOD && lost
                ? Failures.failed(new IOException("the output could not be written"), line, tool.verbose)
                : code;
    }

    /** The command line of a tool. */
    static CommandLine commandLine(Espalier tool) {
        return new CommandLine(tool).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Without a command: how to use it. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
