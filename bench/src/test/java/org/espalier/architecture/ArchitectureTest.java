package org.espalier.architecture;

import java.util.List;
import java.util.Set;

/** The layers of {@code bench}. */
class ArchitectureTest extends ArchitectureContract {

    @Override
    List<String> packagesFromBottomUp() {
        return List.of(
                "org.espalier.bench.task", "org.espalier.bench.report", "org.espalier.bench.peer",
                "org.espalier.bench");
    }

    @Override
    Set<String> testedElsewhere() {
        // A benchmark checks its own result when it is set up; BenchmarkListTest checks that JMH knows them all, and
        // PeersTest that every peer written in Java passes every task's check, and that the checks notice mistakes.
        // Measurements and rows are the input of ResultsTest and ReportTest.
        return Set.of(
                "org.espalier.bench", "org.espalier.bench.task", "org.espalier.bench.peer",
                "org.espalier.bench.report.Measurement", "org.espalier.bench.report.RowInfo");
    }

    @Override
    boolean isLibrary() {
        return false;
    }

    @Override
    String usesIncubator() {
        return "org.espalier.bench.peer.VectorProbes";
    }
}
