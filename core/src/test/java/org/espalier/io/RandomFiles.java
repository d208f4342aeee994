package org.espalier.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.tensor.Shape;

/** Seeded tensors and tensor files for tests: every element type, edges before the ordinary. */
final class RandomFiles {

    private static final List<String> NAMES = List.of(
            "w", "fc1.weight", "\u03b2", "\u91cd\u307f", "\ud83c\udf33", "a/../b", "\\ \"q\"\n", "NaN", "\0", "dtype");

    private RandomFiles() {}

    static TensorFile file(SplittableRandom random, int mostTensors) {
        var tensors = new LinkedHashMap<String, RawTensor>();
        int count = random.nextInt(mostTensors + 1);
        for (int i = 0; i < count; i++) {
            String name = i < NAMES.size() && random.nextBoolean() ? NAMES.get(i) : "layer" + random.nextInt(1000);
            tensors.put(name, tensor(random));
        }
        var metadata = new LinkedHashMap<String, String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            metadata.put(NAMES.get(random.nextInt(NAMES.size())), NAMES.get(random.nextInt(NAMES.size())));
        }
        return TensorFile.of(tensors, metadata);
    }

    static RawTensor tensor(SplittableRandom random) {
        DType[] types = DType.values();
        return tensor(random, types[random.nextInt(types.length)]);
    }

    /** A tensor of rank 0 to 3 with sizes from 0, of a type whose elements may be packed. */
    static RawTensor tensor(SplittableRandom random, DType type) {
        while (true) {
            var dims = new ArrayList<Integer>();
            for (int rank = random.nextInt(4); rank > 0; rank--) {
                dims.add(random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(5));
            }
            Shape shape = Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
            long bytes = type.bytesFor(shape.size());
            if (bytes >= 0) {
                var elements = new byte[(int) bytes];
                random.nextBytes(elements);
                return RawTensor.ofBytes(type, shape, elements);
            }
        }
    }
}
