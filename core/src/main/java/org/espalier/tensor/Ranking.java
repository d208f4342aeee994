package org.espalier.tensor;

/** Orders the elements of rows along the innermost axis. NaN has no rank, so it is refused. */
public final class Ranking {
    private Ranking() {}

    /**
     * The k largest of each row, largest first.
     *
     * @param values [..., k]
     * @param indices where they stood in their rows: k indices for the first row, then k for the next
     */
    public record TopK(Tensor values, int[] indices) {}

    static int[] argmax(Tensor x) {
        return largest("argmax", x, 1).indices();
    }

    static TopK topK(Tensor x, int k) {
        return largest("topK", x, k);
    }

    private static TopK largest(String op, Tensor x, int k) {
        int width = x.rank() == 0 ? 1 : x.dim(-1);
        if (k < 1 || k > width) {
            throw ShapeException.of(op, "cannot take " + k + " of " + width + " along the innermost axis", x.shape());
        }
        int rows = x.size() / width;
        var values = new float[rows * k];
        var indices = new int[rows * k];
        for (int row = 0; row < rows; row++) {
            select(op, x.array(), row * width, width, k, values, indices, row * k);
        }
        var shape = x.rank() == 0 ? x.shape() : x.shape().with(x.rank() - 1, k);
        return new TopK(Storage.adopt(shape, values), indices);
    }

    /** Insertion into a short sorted list: of equal values the one with the lower index comes first. */
    private static void select(
            String op, float[] x, int from, int width, int k, float[] values, int[] indices, int to) {
        int found = 0;
        for (int i = 0; i < width; i++) {
            float value = x[from + i];
            if (Float.isNaN(value)) {
                throw new IllegalArgumentException(op + ": NaN at index " + i + " of a row has no rank");
            }
            if (found == k && value <= values[to + k - 1]) {
                continue;
            }
            int at = to + (found < k ? found++ : k - 1);
            while (at > to && values[at - 1] < value) {
                values[at] = values[at - 1];
                indices[at] = indices[at - 1];
                at--;
            }
            values[at] = value;
            indices[at] = i;
        }
    }
}
