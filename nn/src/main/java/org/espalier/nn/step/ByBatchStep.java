package org.espalier.nn.step;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A step in several forms that compute the same bits, one for each range of row counts.
 *
 * @param limits ascending; {@code forms[i]} computes up to {@code limits[i]} rows, the last form any number
 */
record ByBatchStep(int[] limits, Step[] forms) implements Step {
    private Step form(int rows) {
        int i = 0;
        while (i < limits.length && rows > limits[i]) {
            i++;
        }
        return forms[i];
    }

    @Override
    public int in() {
        return forms[0].in();
    }

    @Override
    public int out() {
        return forms[0].out();
    }

    /** All forms, each once. */
    @Override
    public long bytes() {
        Set<Step> different = new LinkedHashSet<>();
        long bytes = 0;
        for (var form : forms) {
            if (different.add(form)) {
                bytes += form.bytes();
            }
        }
        return bytes;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        form(rows).apply(x, xo, rows, y, yo, workspace);
    }

    @Override
    public boolean prefersFeatureMajor(int rows) {
        return form(rows).prefersFeatureMajor(rows);
    }

    @Override
    public void apply(boolean transX, boolean transY, float[] x, int xo, int rows, float[] y, int yo) {
        form(rows).apply(transX, transY, x, xo, rows, y, yo);
    }

    /** For example {@code sparse(…) up to 11 rows, dense(784 → 300, RELU)}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < limits.length; i++) {
            text.append(forms[i]).append(" up to ").append(limits[i])
                    .append(limits[i] == 1 ? " row, " : " rows, ");
        }
        return text.append(forms[forms.length - 1]).toString();
    }
}
