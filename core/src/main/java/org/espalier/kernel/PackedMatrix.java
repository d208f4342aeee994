package org.espalier.kernel;

/**
 * The right operand of a product, rearranged by {@link Kernels#pack} and readable only by the implementation that made
 * it. Immutable, shareable between threads.
 */
public final class PackedMatrix {
    private final Kernels owner;
    private final int k;
    private final int n;

    // Written once more if the owner has the matrix packed by other kernels: null then, and the replacement is there.
    private float[] data;
    private volatile PackedMatrix replacement;

    // Found out when first asked for: until then as if it were not. Threads may find out at once; they agree.
    private byte finite;

    /** Panels laid out by {@code owner}, which alone can read them. */
    public PackedMatrix(Kernels owner, int k, int n, float[] data) {
        this.owner = owner;
        this.k = k;
        this.n = n;
        this.data = data;
    }

    /** Rows: the length of the reduction dimension. */
    public int k() {
        return k;
    }

    /** Columns: the width of the product. */
    public int n() {
        return n;
    }

    /** Whether no element is infinite or NaN. */
    public boolean isFinite() {
        if (finite == 0) {
            int largest = 0;
            for (float element : data) {
                largest = Math.max(largest, Float.floatToRawIntBits(element) & Integer.MAX_VALUE);
            }
            finite = (byte) (largest < Float.floatToRawIntBits(Float.POSITIVE_INFINITY) ? 1 : -1);
        }
        return finite > 0;
    }

    /** The panels, for the implementation that laid them out; null once they are replaced. */
    public float[] dataFor(Kernels reader) {
        if (reader != owner) {
            throw new IllegalArgumentException(
                    "a matrix packed by " + owner.name() + " kernels can only be read by them");
        }
        return data;
    }

    /** The matrix as other kernels packed it, if the owner has put that in place of its own panels. */
    public PackedMatrix replacement() {
        return replacement;
    }

    /** Has readers use what other kernels packed; drops the owner's panels. */
    public void replaceBy(PackedMatrix other) {
        replacement = other;
        data = null;
    }
}
