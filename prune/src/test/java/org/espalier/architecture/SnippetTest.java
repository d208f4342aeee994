package org.espalier.architecture;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.prune.Pruner;
import org.espalier.tensor.Tensor;

/** The examples in the Javadoc and the pages of {@code prune}, and in that of the whole project. */
class SnippetTest extends SnippetContract {
    @Override
    List<Class<?>> modules() {
        return List.of(Pruner.class, Layer.class, Tensor.class);
    }

    @Override
    String readmeVariables() {
        return "Sequential model; Layer dense, pruned; Dataset train, validation, test; Trainer trainer;"
                + "Calibration calibration; Pipeline pipeline; PruningReport report; Pruner pruner; Path path, file;"
                + "LatencyTable latency; float[] pixels;";
    }

    @Override
    List<String> readmes() {
        return List.of("README.md", "GUIDE.md", "../README.md");
    }
}
