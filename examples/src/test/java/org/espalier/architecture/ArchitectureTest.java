package org.espalier.architecture;

import java.util.List;

/** The layers of {@code examples}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of("org.espalier.examples.report", "org.espalier.examples.report.page",
                "org.espalier.examples.serve", "org.espalier.examples.tool", "org.espalier.examples",
                "org.espalier.examples.records");
    }

    @Override
    boolean isLibrary() {
        return false;
    }
}
