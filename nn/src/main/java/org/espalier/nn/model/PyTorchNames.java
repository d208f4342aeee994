package org.espalier.nn.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;

/**
 * How PyTorch names the tensors of a model.
 *
 * @param numbered whether children go by their place instead of their name
 * @param masks whether masked parameters are written as value and mask
 */
record PyTorchNames(boolean numbered, boolean masks) {
    /** What {@code torch.nn.utils.prune} appends to the name of a pruned parameter, for its values. */
    static final String ORIGINAL = "_orig";

    /** And for its mask. */
    static final String MASK = "_mask";

    private static final String COUNTER = "num_batches_tracked";

    /** Alphabetical, but runs of digits by the number they are. */
    static final Comparator<String> ORDER = PyTorchNames::compare;

    /** The full name of the layer that a parameter belongs to; empty if the whole model is that layer. */
    static String layer(String parameter) {
        return parameter.substring(0, Math.max(0, parameter.lastIndexOf('.')));
    }

    /** The name of a parameter within its layer. */
    static String local(String parameter) {
        return parameter.substring(parameter.lastIndexOf('.') + 1);
    }

    /** Whether a tensor counts batches, which nothing here needs. */
    static boolean isCounter(String name) {
        return local(name).equals(COUNTER);
    }

    /** The name within its layer of the parameter that a tensor belongs to; null if it is only the mask of one. */
    static String unmasked(String local) {
        if (local.endsWith(MASK)) {
            return null;
        }
        return local.endsWith(ORIGINAL) ? local.substring(0, local.length() - ORIGINAL.length()) : local;
    }

    /** Whether two names differ first in a number, so that {@link #ORDER} is that of the numbers. */
    static boolean tellOrder(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endOfA = run(a, i);
            int endOfB = run(b, j);
            if (!a.substring(i, endOfA).equals(b.substring(j, endOfB))) {
                return digit(a, i) && digit(b, j);
            }
            i = endOfA;
            j = endOfB;
        }
        return false;
    }

    static String join(String layer, String name) {
        return layer.isEmpty() ? name : layer + "." + name;
    }

    /** A model's tensors under these names, with what PyTorch keeps besides. */
    TensorFile tensors(Layer model) {
        var tensors = new LinkedHashMap<String, RawTensor>();
        collect("", model, tensors);
        return TensorFile.of(tensors, Map.of("format", "pt"));
    }

    private void collect(String path, Layer layer, Map<String, RawTensor> tensors) {
        for (var parameter : layer.ownParameters()) {
            var name = join(path, parameter.name());
            var entry = parameter.entry();
            var value = RawTensor.of(entry.value());
            // PyTorch prunes parameters; it would not know a mask of statistics.
            if (masks && parameter.isTrainable() && entry.mask().isPresent()) {
                tensors.put(name + ORIGINAL, value);
                tensors.put(name + MASK, ones(entry.mask().get()));
            } else {
                tensors.put(name, value);
            }
        }
        // PyTorch counts the batches that running statistics were taken over
        if (layer.ownParameters().stream().anyMatch(parameter -> parameter.name().equals("running_var"))) {
            tensors.put(join(path, COUNTER), RawTensor.ofLongs(DType.I64, Shape.of(), 0));
        }
        int place = 0;
        for (var child : layer.children().entrySet()) {
            collect(join(path, numbered ? Integer.toString(place++) : child.getKey()), child.getValue(), tensors);
        }
    }

    private static RawTensor ones(Mask mask) {
        var elements = new float[mask.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = mask.keeps(i) ? 1 : 0;
        }
        return RawTensor.ofFloats(DType.F32, mask.shape(), elements);
    }

    private static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endOfA = run(a, i);
            int endOfB = run(b, j);
            var partOfA = a.substring(i, endOfA);
            var partOfB = b.substring(j, endOfB);
            boolean numbers = digit(a, i) && digit(b, j);
            int order = numbers ? compareNumbers(partOfA, partOfB) : partOfA.compareTo(partOfB);
            if (order != 0) {
                return order;
            }
            i = endOfA;
            j = endOfB;
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    /** The end of the run of digits, or of one other character, that begins at {@code start}. */
    private static int run(String text, int start) {
        int end = start + 1;
        while (digit(text, start) && end < text.length() && digit(text, end)) {
            end++;
        }
        return end;
    }

    private static boolean digit(String text, int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static int compareNumbers(String a, String b) {
        var left = a.replaceFirst("^0+", "");
        var right = b.replaceFirst("^0+", "");
        int order = Integer.compare(left.length(), right.length());
        return order != 0 ? order : left.compareTo(right);
    }
}
