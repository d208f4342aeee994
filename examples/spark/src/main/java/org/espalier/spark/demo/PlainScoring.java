package org.espalier.spark.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.espalier.nn.step.Workspace;
import org.espalier.nn.table.Predictor;
import org.espalier.spark.data.ParquetRows;

/** Scores Parquet files without Spark: parquet-java's reader of records, and blocks of rows. */
final class PlainScoring {
    private static final int BLOCK = 128;

    private final Predictor predictor;

    PlainScoring(byte[] model) throws IOException {
        this.predictor = Predictor.load(model);
    }

    /**
     * What came of it.
     *
     * @param rows how many rows there were
     * @param positive how many of them are of the positive class
     */
    record Count(long rows, long positive) {
        Count plus(Count other) {
            return new Count(rows + other.rows, positive + other.positive);
        }
    }

    /** Scores files, a thread for each file at a time. */
    Count score(List<Path> files, int threads) throws IOException, InterruptedException, ExecutionException {
        var sum = new Count(0, 0);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var futures = new ArrayList<Future<Count>>();
            for (var file : files) {
                Callable<Count> work = () -> score(file, Long.MAX_VALUE);
                futures.add(pool.submit(work));
            }
            for (var future : futures) {
                sum = sum.plus(future.get());
            }
        }
        return sum;
    }

    /** Scores the first rows of a file. */
    Count score(Path file, long most) throws IOException {
        int in = predictor.model().in();
        var inputs = new float[BLOCK * in];
        var outputs = new float[BLOCK * predictor.model().out()];
        var probabilities = new float[predictor.decoder().width()];
        var workspace = new Workspace();
        long rows = 0;
        long positive = 0;
        try (var reader = ParquetReader.builder(
                new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri())).build()) {
            int[] places = null;
            int size;
            do {
                size = 0;
                Group row;
                while (size < BLOCK && rows + size < most && (row = reader.read()) != null) {
                    places = places == null ? places(row.getType()) : places;
                    for (int i = 0; i < in; i++) {
                        inputs[size * in + i] = predictor.number(i, ParquetRows.value(row, places[i]));
                    }
                    size++;
                }
                predictor.model().predict(inputs, size, outputs, workspace);
                for (int i = 0; i < size; i++) {
                    predictor.decoder().probabilities(outputs, i, probabilities, 0);
                    positive += predictor.decoder().classOf(outputs, i);
                }
                rows += size;
            } while (size == BLOCK);
        }
        return new Count(rows, positive);
    }

    /** Scores the first 128 rows of a file again and again: what the model alone takes. */
    Count again(Path file, long rows) throws IOException {
        int in = predictor.model().in();
        var inputs = new float[BLOCK * in];
        try (var reader = ParquetReader.builder(
                new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri())).build()) {
            for (int row = 0; row < BLOCK; row++) {
                var group = reader.read();
                int[] places = places(group.getType());
                for (int i = 0; i < in; i++) {
                    inputs[row * in + i] = predictor.number(i, ParquetRows.value(group, places[i]));
                }
            }
        }
        var outputs = new float[BLOCK * predictor.model().out()];
        var probabilities = new float[predictor.decoder().width()];
        var workspace = new Workspace();
        long positive = 0;
        for (long done = 0; done < rows; done += BLOCK) {
            predictor.model().predict(inputs, BLOCK, outputs, workspace);
            for (int i = 0; i < BLOCK; i++) {
                predictor.decoder().probabilities(outputs, i, probabilities, 0);
                positive += predictor.decoder().classOf(outputs, i);
            }
        }
        return new Count(rows, positive);
    }

    private int[] places(GroupType type) {
        return predictor.schema().names().stream().mapToInt(type::getFieldIndex).toArray();
    }
}
