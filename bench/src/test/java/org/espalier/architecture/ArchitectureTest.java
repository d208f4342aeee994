package org.espalier.architecture;

import java.util.List;
import java.util.Set;

/** The layers of {@code bench}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of("org.espalier.bench");
    }

    @Override
    Set<String> testedElsewhere() {
        // A benchmark checks its own result when it is set up; BenchmarkListTest checks that JMH knows them all.
        return Set.of("org.espalier.bench");
    }

    @Override
    boolean isLibrary() {
        return false;
    }
}
