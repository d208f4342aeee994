package org.espalier.architecture;

import java.util.List;
import java.util.Set;

/** The layers of {@code core}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.kernel",
                "org.espalier.tensor",
                "org.espalier.sparse",
                "org.espalier.io");
    }

    @Override
    Set<String> testedElsewhere() {
        // OpContractTest walks every operation of every family.
        return Set.of(
                "org.espalier.tensor.Op",
                "org.espalier.tensor.Unary",
                "org.espalier.tensor.Binary",
                "org.espalier.tensor.Contraction",
                "org.espalier.tensor.Fused",
                "org.espalier.tensor.Movement",
                "org.espalier.tensor.Ranking",
                "org.espalier.tensor.Reduction",
                "org.espalier.tensor.Selection");
    }
}
