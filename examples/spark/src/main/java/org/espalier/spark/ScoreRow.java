package org.espalier.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Workspace;
import org.espalier.nn.table.Predictor;

/** Scores one row at a time: a struct with the model's columns becomes a struct with the answer. */
final class ScoreRow implements UDF1<Row, Row> {
    private static final long serialVersionUID = 1;

    private final SharedModel model;
    private transient ThreadLocal<Scratch> scratch;

    ScoreRow(SharedModel model) {
        this.model = model;
    }

    @Override
    public Row call(Row row) throws FormatException {
        return row == null ? null : scratch().score(row);
    }

    private Scratch scratch() throws FormatException {
        synchronized (this) {
            if (scratch == null) {
                scratch = new ThreadLocal<>();
            }
        }
        var mine = scratch.get();
        if (mine == null) {
            mine = new Scratch(model.predictor());
            scratch.set(mine);
        }
        return mine;
    }

    /** What a thread works in. */
    private static final class Scratch {
        private final Predictor predictor;
        private final List<String> names;
        private final AnswerColumns answers;
        private final Workspace workspace = new Workspace();
        private final float[] inputs;
        private final float[] outputs;

        Scratch(Predictor predictor) {
            this.predictor = predictor;
            this.names = predictor.schema().names();
            this.answers = new AnswerColumns(predictor.decoder());
            this.inputs = new float[names.size()];
            this.outputs = new float[predictor.model().out()];
        }

        Row score(Row row) {
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = predictor.number(i, row.get(row.fieldIndex(names.get(i))));
            }
            predictor.model().predict(inputs, 1, outputs, workspace);
            var values = new Object[answers.count()];
            answers.put(outputs, 0, values, 0);
            return RowFactory.create(values);
        }
    }
}
