package org.espalier.examples.records;

import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.examples.MnistData;
import org.espalier.nn.Layer;
import org.espalier.nn.model.ModelFile;

/**
 * One row of the table for one seed, made from the first values on, with nothing kept: a function of its configuration,
 * for sweeps on several machines. {@link Records} gives the same run, but trains a dense model once for all rows.
 */
public final class RecordRow {
    private RecordRow() {}

    /**
     * Makes a row from the bundled images.
     *
     * @param name the name of a row or an ablation
     * @param seed of everything that is drawn
     * @param images how many of the training images are learned from, the first of them
     * @param epochs the most epochs of a training
     * @throws IllegalArgumentException if there is no row of this name
     */
    public static RowRun run(String name, long seed, int images, int epochs) throws IOException {
        var row = row(name);
        var all = MnistData.load(null, 0, 1);
        var train = all.train().subset(IntStream.range(0, Math.min(images, all.train().size())).toArray());
        var net = new LeNet(train, seed, epochs);
        return RowRun.of(name, seed, row.recipe().apply(net, start(row, net)), all.test());
    }

    private static Row row(String name) {
        return Stream.concat(Rows.all().stream(), Rows.ablations().stream())
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no row \"" + name + "\""));
    }

    /** The model that a row starts from, as its file gives it back. */
    private static Layer start(Row row, LeNet net) throws IOException {
        if (!row.start().equals(Row.DENSE)) {
            var before = row(row.start());
            return ModelFile.read(before.recipe().apply(net, start(before, net)).toBytes()).model();
        }
        var model = net.network();
        net.train(model, Rows.DENSE, net.seed());
        return ModelFile.read(ModelFile.of(model).toBytes()).model();
    }
}
