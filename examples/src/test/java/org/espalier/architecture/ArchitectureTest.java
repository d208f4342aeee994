package org.espalier.architecture;

import java.util.List;
import java.util.Set;

/** The layers of {@code examples}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of("org.espalier.examples");
    }

    @Override
    Set<String> testedElsewhere() {
        // Run as a whole by the demo profile.
        return Set.of("org.espalier.examples.MnistDemo");
    }

    @Override
    boolean isLibrary() {
        return false;
    }
}
