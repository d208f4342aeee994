package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.io.Idx;
import org.espalier.io.RawTensor;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.data.IdxDataset;
import org.espalier.nn.data.Transform;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Shape;

/** Pictures of bytes with class labels. Each becomes a row of numbers in [0, 1]. */
final class ImageData {
    private static final String IMAGES = "-images-idx3-ubyte";
    private static final String LABELS = "-labels-idx1-ubyte";

    private ImageData() {}

    /** The four files of MNIST or a data set like it, as they are or compressed by gzip. */
    static Data folder(Path folder) throws IOException {
        var train = pair(find(folder, "train" + IMAGES), find(folder, "train" + LABELS));
        return train.withTest(pair(find(folder, "t10k" + IMAGES), find(folder, "t10k" + LABELS)).rows());
    }

    private static Path find(Path folder, String name) {
        for (var ending : new String[] {"", ".gz"}) {
            var file = folder.resolve(name + ending);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IllegalArgumentException(folder + " has no file " + name + ", with or without .gz");
    }

    /** Two IDX files. */
    static Data pair(Path images, Path labels) throws IOException {
        if (labels == null) {
            throw new IllegalArgumentException(
                    images + " has images; which file has their labels? --labels with its name");
        }
        return of(images.getFileName().toString(), Idx.read(images), Idx.read(labels));
    }

    /** Arrays of bytes [n, height, width] and integers [n]. */
    static Data of(String name, RawTensor images, RawTensor labels) {
        var samples = IdxDataset.of(images, labels);
        int classes = Arrays.stream(samples.labels()).max().orElse(0) + 1;
        var names = IntStream.range(0, Math.max(2, classes)).mapToObj(Integer::toString).toList();
        return new Data(name, gathered(samples.map(Transform.flatten())), new Target.Classes("class", names),
                Optional.empty(), size(images.shape()), Optional.empty());
    }

    private static List<Integer> size(Shape shape) {
        return shape.rank() == 3 ? List.of(shape.dim(1), shape.dim(2)) : List.of(1, shape.size() / shape.dim(0));
    }

    /** In one piece of memory, so that epochs need not convert bytes again. */
    private static Dataset gathered(Dataset samples) {
        var all = samples.all();
        return Dataset.of(all.inputs(), all.targets());
    }
}
