package org.espalier.architecture;

import java.util.List;

/** The layers of {@code prune}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.prune.notation",
                "org.espalier.prune.sparsity",
                "org.espalier.prune.graph",
                "org.espalier.prune.criterion",
                "org.espalier.prune.secondorder",
                "org.espalier.prune.training",
                "org.espalier.prune.quantize",
                "org.espalier.prune.deploy",
                "org.espalier.prune",
                "org.espalier.prune.pipeline",
                "org.espalier.prune.search");
    }
}
