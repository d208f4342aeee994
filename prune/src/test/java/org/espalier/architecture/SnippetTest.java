package org.espalier.architecture;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.prune.Pruner;
import org.espalier.tensor.Tensor;

/** The examples in the Javadoc of {@code prune}. */
class SnippetTest extends SnippetContract {
    @Override
    List<Class<?>> modules() {
        return List.of(Pruner.class, Layer.class, Tensor.class);
    }
}
