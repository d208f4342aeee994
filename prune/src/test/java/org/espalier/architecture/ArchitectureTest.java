package org.espalier.architecture;

import java.util.List;

/** The layers of {@code prune}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.prune.pattern",
                "org.espalier.prune.schedule",
                "org.espalier.prune.criterion",
                "org.espalier.prune.reconstruction",
                "org.espalier.prune.allocation",
                "org.espalier.prune.graph", "org.espalier.prune.structure",
                "org.espalier.prune.depth",
                "org.espalier.prune.dynamics",
                "org.espalier.prune.quantize",
                "org.espalier.prune.deploy",
                "org.espalier.prune");
    }
}
