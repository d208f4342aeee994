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
                RowIndices.rows(samples.inputs(), indices),
                RowIndices.rows(samples.targets(), indices),
                weights.rank() == 0 ? weights : RowIndices.rows(weights, indices));
    }
}
