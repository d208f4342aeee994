package org.espalier.architecture;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.tensor.Tensor;

/** The examples in the Javadoc and the pages of {@code nn}. */
class SnippetTest extends SnippetContract {
    @Override
    List<Class<?>> modules() {
        return List.of(Layer.class, Tensor.class);
    }

    @Override
    String readmeVariables() {
        return "Sequential model; Dataset train, validation; Path path; float[] pixels;";
    }

    @Override
    List<String> readmes() {
        return List.of("README.md", "FROM-PYTORCH.md");
    }
}
