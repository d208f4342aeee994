package org.espalier.examples.tool;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import org.espalier.io.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a command prints: lines for people, or one JSON object; notes and progress go to the error stream. */
final class Output {
    @Option(names = "--json", description = "Print the result as one JSON object and nothing else.")
    private boolean json;

    @Option(names = {"-q", "--quiet"}, description = "Print nothing but errors and what --json asks for.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Whether the result is wanted as JSON. */
    boolean isJson() {
        return json;
    }

    /** Whether progress and notes are wanted. */
    boolean isQuiet() {
        return quiet;
    }

    /** Where results go. */
    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where progress and notes go. */
    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** A line for people; numbers are formatted as in English. */
    void say(String format, Object... values) {
        if (!json && !quiet) {
            out().println(String.format(Locale.ROOT, format, values));
            out().flush();
        }
    }

    /** A text of several lines for people, as it is. */
    void print(String text) {
        if (!json && !quiet) {
            out().print(text);
            out().flush();
        }
    }

    /** Something that people should know before they rely on the result. */
    void warn(String format, Object... values) {
        if (!quiet) {
            err().println("note: " + String.format(Locale.ROOT, format, values));
            err().flush();
        }
    }

    /** The result, for programs. */
    void result(Supplier<Json.Obj> result) {
        if (json) {
            out().println(result.get().pretty());
            out().flush();
        }
    }

    /** A wrong use of the command, to be thrown: exit code 2. */
    ParameterException usage(String format, Object... values) {
        return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, values));
    }
}
