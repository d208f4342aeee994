package org.espalier.examples.records;

import java.util.function.BiFunction;
import org.espalier.nn.Layer;
import org.espalier.nn.model.ModelFile;

/**
 * A line of the table and how it is reached.
 *
 * @param name for commands and files
 * @param title what is asked for
 * @param bar the mean test error to reach, in percent; NaN where nothing is to be reached
 * @param source who published the bar
 * @param limit the most it may cost
 * @param unit of what
 * @param start the row whose model the recipe is given: {@code dense}, or another that comes before this one
 * @param base the row whose recipe this one changes in one thing; empty for a row of the table
 * @param recipe makes the file from the training of a seed and the model it starts from, which it must not change
 */
record Row(String name, String title, double bar, String source, long limit, Unit unit, String start, String base,
        BiFunction<LeNet, Layer, ModelFile> recipe) {
    /** The row of the dense model. */
    static final String DENSE = "dense";

    /** What a row limits. */
    enum Unit {
        /** Weights kept. */
        WEIGHTS,
        /** Two for each weight kept. */
        FLOPS,
        /** Bytes of the file. */
        BYTES;

        /** What a run has of it. */
        long of(RowRun run) {
            return switch (this) {
                case WEIGHTS -> run.weights();
                case FLOPS -> run.flops();
                case BYTES -> run.bytes();
            };
        }
    }
}
