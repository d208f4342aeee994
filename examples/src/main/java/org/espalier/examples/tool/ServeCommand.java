package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.espalier.examples.serve.Service;
import org.espalier.examples.serve.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a model over HTTP until the process is ended. */
@Command(
        name = "serve",
        description = "Serves a model file over HTTP, with a page to try it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier serve credit.safetensors --port 8080",
            "  espalier serve small.safetensors --beside dense.safetensors"
        })
final class ServeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A model file; 'espalier convert' makes one of other formats.")
    private Path model;

    @Option(names = "--beside", paramLabel = "MODEL", description = "Another model to compare with on the page.")
    private Path beside;

    @Option(names = "--host", description = "The address to listen at. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "The port, 0 for any. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (var service = Service.start(model, beside, ServiceOptions.onPort(port).host(host))) {
            var out = spec.commandLine().getOut();
            out.println("serving " + model + " at " + service.address() + "; Ctrl-C stops");
            out.flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // Ctrl-C: the service has been closed, after the requests under way.
            Thread.currentThread().interrupt();
        }
        return Failures.GOOD;
    }
}
