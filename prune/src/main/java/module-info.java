/** Pruning: what to remove, in which shape, how much, and when; then making the network really smaller. */
module org.espalier.prune {
    requires transitive org.espalier.nn;
    // Factorizations for the second-order criteria; named after their jars.
    requires ejml.core;
    requires ejml.ddense;

    exports org.espalier.prune.structure;
}
