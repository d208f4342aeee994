package org.espalier.architecture;

import java.util.List;

/** The layers of {@code nn}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.nn",
                "org.espalier.nn.data",
                "org.espalier.nn.optim",
                "org.espalier.nn.infer",
                "org.espalier.nn.train");
    }
}
