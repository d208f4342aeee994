/** Tensors, reverse-mode differentiation, the hot loops, sparse matrices and file formats, on the JDK alone. */
@SuppressWarnings("module") // the kernels are opened to modules that are built after this one
module org.espalier.core {
    // Present only when the JVM is started with --add-modules jdk.incubator.vector; the scalar kernels run without it.
    requires static jdk.incubator.vector;

    exports org.espalier.kernel to
            org.espalier.nn,
            org.espalier.prune;
    exports org.espalier.kernel.choice;
    exports org.espalier.compressed;
    exports org.espalier.io;
    exports org.espalier.parallel;
    exports org.espalier.sparse;
    exports org.espalier.tensor;
}
