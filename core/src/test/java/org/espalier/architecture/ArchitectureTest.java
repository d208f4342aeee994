package org.espalier.architecture;

import java.util.List;

/** The layers of {@code core}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.parallel",
                "org.espalier.kernel",
                "org.espalier.tensor",
                "org.espalier.sparse",
                "org.espalier.io",
                "org.espalier.quantized",
                "org.espalier.packing");
    }
}
