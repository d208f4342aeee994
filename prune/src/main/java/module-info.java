/** Pruning: what to remove, in which shape, how much, and when; then making the network really smaller. */
module org.espalier.prune {
    requires transitive org.espalier.nn;
    // Factorizations for the second-order criteria; named after their jars.
    requires ejml.core;
    requires ejml.ddense;
    // To see whether what is measured has been compiled.
    requires java.management;

    exports org.espalier.prune;
    exports org.espalier.prune.criterion;
    exports org.espalier.prune.deploy;
    exports org.espalier.prune.notation;
    exports org.espalier.prune.pipeline;
    exports org.espalier.prune.graph;
    exports org.espalier.prune.quantize;
    exports org.espalier.prune.search;
    exports org.espalier.prune.secondorder;
    exports org.espalier.prune.sparsity;
    exports org.espalier.prune.training;
}
