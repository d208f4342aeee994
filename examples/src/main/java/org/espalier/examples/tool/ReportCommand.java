package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.espalier.examples.report.RunRecord;
import org.espalier.examples.report.page.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The record of a run as a page. */
@Command(
        name = "report",
        description = "Makes one HTML file of the record of a run: charts, masks, tables. It needs no network.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  espalier report target/mnist/run.json",
            "  espalier report run.json --out report.html"})
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "A record of a run, which run, prune and the demos write.")
    private Path run;

    @Option(names = "--out", paramLabel = "FILE",
            description = "The page to write; default: the record's name with .html in the place of .json.")
    private Path out;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var page = out == null
                ? run.resolveSibling(run.getFileName().toString().replaceFirst("(\\.json)?$", ".html"))
                : out;
        if (Files.exists(page) && !force) {
            throw new IOException(page + " is there already; give --force to replace it, or another --out");
        }
        ReportPage.write(RunRecord.read(run), page);
        spec.commandLine().getOut().println("wrote " + page + ", " + Files.size(page) + " bytes; open it in a browser");
        return 0;
    }
}
