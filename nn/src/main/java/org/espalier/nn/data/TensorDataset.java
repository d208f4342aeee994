package org.espalier.nn.data;

/** Samples that are the rows of two tensors. */
record TensorDataset(Batch samples) implements Dataset {
    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public Batch batch(int... indices) {
        var weights = samples.weights();
        return new Batch(
                Indexing.rows(samples.inputs(), indices),
                Indexing.rows(samples.targets(), indices),
                weights.rank() == 0 ? weights : Indexing.rows(weights, indices));
    }
}
