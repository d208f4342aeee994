package org.espalier.architecture;

import java.util.List;
import org.espalier.tensor.Tensor;

/** The examples in the Javadoc and the README of {@code core}. */
class SnippetTest extends SnippetContract {
    @Override
    List<Class<?>> modules() {
        return List.of(Tensor.class);
    }

    @Override
    String readmeVariables() {
        return "";
    }
}
