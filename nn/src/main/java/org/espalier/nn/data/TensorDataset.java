package org.espalier.nn.data;

/** Samples that are the rows of two tensors. */
record TensorDataset(Batch samples) implements Dataset {
    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public Batch batch(int... indices) {
        return new Batch(Indexing.rows(samples.inputs(), indices), Indexing.rows(samples.targets(), indices));
    }
}
