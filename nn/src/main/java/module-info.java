/** Layers, losses, optimizers, data loading, training and inference. */
module org.espalier.nn {
    requires transitive org.espalier.core;

    exports org.espalier.nn;
    exports org.espalier.nn.data;
    exports org.espalier.nn.infer;
    exports org.espalier.nn.loss;
    exports org.espalier.nn.metrics;
    exports org.espalier.nn.model;
    exports org.espalier.nn.onnx;
    exports org.espalier.nn.optim;
    exports org.espalier.nn.step;
    exports org.espalier.nn.table;
    exports org.espalier.nn.train;

    uses org.espalier.nn.LayerKinds.Provider;

    provides org.espalier.nn.LayerKinds.Provider with
            org.espalier.nn.onnx.OnnxOperatorKind;
}
