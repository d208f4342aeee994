package org.espalier.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Workspace;
import org.espalier.nn.table.Predictor;

/** Scores the rows of a partition in blocks: what a row needs is the row that is given back. */
final class ScoreRows implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    /** Rows that go through the model together: their intermediate results stay in the cache. */
    private static final int BLOCK = 128;

    private final SharedModel model;
    private final int[] columns;
    private final int width;

    /**
     * Of rows of a table.
     *
     * @param columns where the values of the model's columns are
     * @param width how many columns the table has
     */
    ScoreRows(SharedModel model, int[] columns, int width) {
        this.model = model;
        this.columns = columns;
        this.width = width;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws FormatException {
        return new Scored(model.predictor(), rows);
    }

    private final class Scored implements Iterator<Row> {
        private final Iterator<Row> source;
        private final Predictor predictor;
        private final AnswerColumns answers;
        private final Row[] block = new Row[BLOCK];
        private final float[] inputs;
        private final float[] outputs;
        private final Workspace workspace = new Workspace();
        private int size;
        private int next;

        Scored(Predictor predictor, Iterator<Row> source) {
            this.source = source;
            this.predictor = predictor;
            this.answers = new AnswerColumns(predictor.decoder());
            this.inputs = new float[BLOCK * columns.length];
            this.outputs = new float[BLOCK * predictor.model().out()];
        }

        @Override
        public boolean hasNext() {
            return next < size || source.hasNext();
        }

        @Override
        public Row next() {
            if (next == size) {
                fill();
            }
            var row = block[next];
            var values = new Object[width + answers.count()];
            for (int i = 0; i < width; i++) {
                values[i] = row.get(i);
            }
            answers.put(outputs, next * predictor.model().out(), values, width);
            block[next++] = null;
            return RowFactory.create(values);
        }

        private void fill() {
            size = 0;
            next = 0;
            while (size < BLOCK && source.hasNext()) {
                var row = source.next();
                for (int i = 0; i < columns.length; i++) {
                    inputs[size * columns.length + i] = predictor.number(i, row.get(columns[i]));
                }
                block[size++] = row;
            }
            if (size == 0) {
                throw new NoSuchElementException("there are no more rows");
            }
            predictor.model().predict(inputs, size, outputs, workspace);
        }
    }
}
