package org.espalier.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.io.Idx;
import org.espalier.io.RawTensor;
import org.espalier.nn.data.Batch;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.data.IdxDataset;
import org.espalier.nn.data.Transform;
import org.espalier.tensor.Rng;

/**
 * Handwritten digits in three parts: most of the training files to learn from, the rest of them to choose by, and the
 * test files, which are looked at once. Each image is a row of pixels, shifted and scaled by MNIST's mean and deviation
 * or, as {@link #pixels} has them, from 0 for black to 1 for white.
 */
public record MnistData(Dataset train, Dataset validation, Dataset test) {
    private static final Transform PIXELS = Transform.flatten();
    private static final Transform NORMALIZED = PIXELS.then(PixelScale.MNIST.normalize());
    private static final double TRAINING_SHARE = 11.0 / 12;

    /** Opens one of the four files by its name without the ending. */
    private interface Source {
        InputStream open(String name) throws IOException;
    }

    /** The files in {@code directory}, or the ones this module brings if it is null. */
    static MnistData load(Path directory, long seed) throws IOException {
        return load(directory, seed, TRAINING_SHARE);
    }

    /** The same with pixels from 0 to 1, as the page of the service sends them. */
    static MnistData pixels(Path directory, long seed) throws IOException {
        return load(directory, seed, TRAINING_SHARE, PIXELS);
    }

    /** These {@link #pixels} shifted and scaled by MNIST's mean and deviation. */
    MnistData normalized() {
        var normalize = PixelScale.MNIST.normalize();
        return new MnistData(gathered(train.map(normalize)), gathered(validation.map(normalize)),
                gathered(test.map(normalize)));
    }

    /**
     * The same with another share of the training files to learn from.
     *
     * @param directory where the files are, or null for those that this module brings
     * @param seed what the files are shuffled by
     * @param share of the training files that is learned from; 1 leaves nothing to choose by
     * @throws IOException if a file is missing or damaged
     */
    public static MnistData load(Path directory, long seed, double share) throws IOException {
        return load(directory, seed, share, NORMALIZED);
    }

    private static MnistData load(Path directory, long seed, double share, Transform rows) throws IOException {
        var source = directory == null ? bundled() : in(directory);
        var all = read(source, "train", rows);
        int[] order = Rng.of(seed).split(1).permutation(all.size());
        int cut = (int) Math.rint(share * all.size());
        return new MnistData(
                gathered(all.subset(Arrays.copyOf(order, cut))),
                gathered(all.subset(Arrays.copyOfRange(order, cut, order.length))),
                gathered(read(source, "t10k", rows)));
    }

    private static Dataset read(Source source, String part, Transform rows) throws IOException {
        return IdxDataset.of(idx(source, part + "-images-idx3-ubyte"), idx(source, part + "-labels-idx1-ubyte"))
                .map(rows);
    }

    private static RawTensor idx(Source source, String name) throws IOException {
        try (var in = source.open(name)) {
            return Idx.read(in.readAllBytes());
        }
    }

    private static Source bundled() {
        return name -> MnistData.class.getResourceAsStream("mnist/" + name + ".gz");
    }

    private static Source in(Path directory) {
        return name -> {
            for (var ending : new String[] {"", ".gz"}) {
                var file = directory.resolve(name + ending);
                if (Files.exists(file)) {
                    return Files.newInputStream(file);
                }
            }
            throw new NoSuchFileException("there is no file " + directory.resolve(name) + ", with or without .gz");
        };
    }

    /** The transformed samples in one piece of memory, so that epochs need not transform them again. */
    private static Dataset gathered(Dataset samples) {
        Batch all = samples.all();
        return Dataset.of(all.inputs(), all.targets());
    }
}
