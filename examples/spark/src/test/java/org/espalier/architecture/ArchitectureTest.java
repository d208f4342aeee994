package org.espalier.architecture;

import java.util.List;

/** The layers of the module for Spark. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.spark",
                "org.espalier.spark.data",
                "org.espalier.spark.sweep",
                "org.espalier.spark.training",
                "org.espalier.spark.streaming",
                "org.espalier.spark.demo");
    }

    @Override
    boolean isLibrary() {
        return false;
    }
}
