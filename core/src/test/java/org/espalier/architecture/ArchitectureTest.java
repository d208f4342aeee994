package org.espalier.architecture;

import java.util.List;

/** The layers of {@code core}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.parallel",
                "org.espalier.kernel",
                "org.espalier.kernel.vector",
                "org.espalier.kernel.warmup",
                "org.espalier.kernel.choice",
                "org.espalier.tensor",
                "org.espalier.sparse",
                "org.espalier.io",
                "org.espalier.compressed");
    }
}
