package org.espalier.nn.data;

import java.util.Objects;

/** Some samples of another dataset. */
final class Subset implements Dataset {
    private final Dataset source;
    private final int[] indices;

    Subset(Dataset source, int... indices) {
        this.source = source;
        this.indices = indices.clone();
        for (int index : indices) {
            Objects.checkIndex(index, source.size());
        }
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public Batch batch(int... wanted) {
        var numbers = new int[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            numbers[i] = indices[Objects.checkIndex(wanted[i], indices.length)];
        }
        return source.batch(numbers);
    }
}
