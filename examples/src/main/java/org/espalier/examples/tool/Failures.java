package org.espalier.examples.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is printed when a command fails, and the exit code. */
final class Failures {
    /** What was asked for was done. */
    static final int GOOD = 0;

    /** Something failed. */
    static final int FAILED = 1;

    /** The command was used wrongly. */
    static final int USAGE = 2;

    /** A check was not met. */
    static final int CHECK = 3;

    /** Interrupted by Ctrl-C, as shells number it. */
    static final int INTERRUPTED = 130;

    private Failures() {}

    /** Wrong use: a sentence, a suggestion where there is one, and where help is. */
    static int usage(ParameterException e, String... args) {
        var command = e.getCommandLine();
        var err = command.getErr();
        err.println("espalier: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return USAGE;
    }

    /** A failure: a sentence, and the trace if it is wanted. */
    static int failed(Exception e, CommandLine command, boolean verbose) {
        var err = command.getErr();
        err.println("espalier: " + sentence(e));
        if (verbose) {
            e.printStackTrace(err);
        }
        err.flush();
        return switch (e) {
            case CheckFailedException _ -> CHECK;
            case CancellationException _ -> INTERRUPTED;
            default -> FAILED;
        };
    }

    /** What went wrong, as one sentence in the words of the tool. */
    static String sentence(Throwable e) {
        return ToolWords.of(message(e));
    }

    private static String message(Throwable e) {
        return switch (e) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileSystemException file when file.getReason() == null ->
                    file.getFile() + ": cannot be read or written";
            case UncheckedIOException wrapped -> message(wrapped.getCause());
            case InterruptedException _ -> "interrupted";
            case IOException io when io.getMessage() == null -> io.toString();
            case RuntimeException other when other.getMessage() == null ->
                    "this should not happen: " + other + "; --verbose shows where";
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }
}
