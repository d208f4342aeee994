package org.espalier.nn.data;

/** Another dataset's samples, their inputs transformed when read. */
record Transformed(Dataset source, Transform transform) implements Dataset {
    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Batch batch(int... indices) {
        var batch = source.batch(indices);
        return new Batch(transform.apply(batch.inputs()), batch.targets(), batch.weights());
    }
}
