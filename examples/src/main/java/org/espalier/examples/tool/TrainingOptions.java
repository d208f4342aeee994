package org.espalier.examples.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Relu;
import org.espalier.nn.Sequential;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Table;
import org.espalier.nn.train.Trainer;
import org.espalier.parallel.Parallelism;
import picocli.CommandLine.Option;

/** How networks are trained. Options that are not given are chosen by the data. */
final class TrainingOptions {
    private static final List<Integer> FOR_TABLES = List.of(64, 32);
    private static final List<Integer> FOR_IMAGES = List.of(300, 100);
    private static final int EPOCHS = 10;
    private static final int BATCH = 64;
    private static final float RATE = 1.5e-3f;

    @Option(names = "--epochs", paramLabel = "N",
            description = "How often to go through the rows. Default: 60 for tables, fewer for large ones; 10 for "
                    + "pictures.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch-size", paramLabel = "N", description = "Rows in a step. Default: 32, for pictures 64.")
    private Optional<Integer> batchSize = Optional.empty();

    @Option(names = "--learning-rate", paramLabel = "RATE",
            description = "Of the first step; it falls to a hundredth along a cosine. Default: 0.002, for pictures "
                    + "0.0015.")
    private Optional<Float> rate = Optional.empty();

    @Option(names = "--validation", paramLabel = "FRACTION",
            description = "Rows to keep back and choose by. Default: ${DEFAULT-VALUE}.")
    private double validation = 0.2;

    @Option(names = "--seed",
            description = "For the split, the first weights and shuffling. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--threads", paramLabel = "N",
            description = "The result does not depend on it. Default: ${DEFAULT-VALUE}; for large networks the number "
                    + "of cores.")
    private int threads = 1;

    /** The seed. */
    long seed() {
        return seed;
    }

    /** Cuts the rows in two, to learn from and to choose by. */
    Data.Split split(Data data) {
        if (!(validation > 0 && validation < 1)) {
            throw new IllegalArgumentException("--validation is a fraction between 0 and 1, not " + validation);
        }
        var parts = data.split(1 - validation, seed);
        if (parts.train().size() == 0 || parts.validation().size() == 0) {
            throw new IllegalArgumentException(data.name() + " has too few rows, " + data.size()
                    + ", to keep some back; use more, or another --validation");
        }
        return parts;
    }

    /** A network for these rows with its first weights. */
    Layer network(Data train, List<Integer> widths) {
        Layer model = train.table().isPresent()
                ? Preprocessing.standard().network(train.table().get(), array(widths.isEmpty() ? FOR_TABLES : widths))
                : plain(train, widths.isEmpty() ? FOR_IMAGES : widths);
        model.initialize(Init.heNormal(), seed);
        return model;
    }

    private static int[] array(List<Integer> widths) {
        return widths.stream().mapToInt(width -> width).toArray();
    }

    private static Layer plain(Data train, List<Integer> widths) {
        var layers = new LinkedHashMap<String, Layer>();
        var all = new ArrayList<>(widths);
        int in = train.columns();
        for (int i = 0; i < all.size(); i++) {
            layers.put("fc" + (i + 1), Linear.of(in, all.get(i)));
            layers.put("relu" + (i + 1), new Relu());
            in = all.get(i);
        }
        layers.put("output", Linear.of(in, train.target().outputs()));
        return Sequential.of(layers);
    }

    /** For how many epochs a new network is trained. */
    int epochs(Data train) {
        return epochs.orElse(train.table().map(Table::epochs).orElse(EPOCHS));
    }

    /**
     * Trains a model on these rows: with the settings that tables do well with, or the usual ones, or those given.
     *
     * @param count epochs, over which the learning rate falls
     */
    Trainer trainer(Data train, Layer model, int count) {
        if (train.table().isPresent() && rate.isEmpty()) {
            var trainer = train.table().get().trainer(model, count).seed(seed);
            return batchSize.isPresent() ? trainer.batchSize(batchSize.get()) : trainer;
        }
        float first = rate.orElse(RATE);
        int steps = Math.multiplyExact(count, Math.ceilDiv(train.size(), batch()));
        var optimizer = Optimizer.adam(LearningRate.cosine(first, first / 100, steps));
        return Trainer.of(model, train.target().loss(), optimizer).batchSize(batch()).epochs(count).seed(seed);
    }

    private int batch() {
        return batchSize.orElse(BATCH);
    }

    /** Work on as many threads as were asked for. */
    <T> T onThreads(Work<T> work) throws IOException {
        if (threads == 1) {
            return work.run();
        }
        try (var parallel = Parallelism.of(threads)) {
            return parallel.call(() -> {
                try {
                    return work.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Work that reads and writes files. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }
}
