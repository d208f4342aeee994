package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Operators of the domain of classical machine learning on categories that are numbers. */
public final class CategoryOperator {
    private static final String STRINGS = "strings are not supported: use another output of the model, or export it"
            + " with integer categories";

    private CategoryOperator() {}

    static void register(Operators all) {
        all.addMl("LabelEncoder", CategoryOperator::encoder);
        all.addMl("OneHotEncoder", attributes -> {
            if (attributes.texts("cats_strings").isPresent()) {
                throw new IllegalArgumentException(STRINGS);
            }
            return new OneHotEncoder(
                    attributes.flag("zeros", true), attributes.integers("cats_int64s").orElse(new long[0]));
        });
    }

    private static Operator encoder(Attributes attributes) {
        for (var name : new String[] {"keys_strings", "values_strings", "classes_strings"}) {
            if (attributes.has(name)) {
                throw new IllegalArgumentException(STRINGS);
            }
        }
        attributes.ignore("default_string");
        float[] keys = numbers(attributes, "keys_");
        float[] values = numbers(attributes, "values_");
        if (keys.length != values.length) {
            throw new IllegalArgumentException(keys.length + " keys for " + values.length + " values");
        }
        var table = new HashMap<Float, Float>();
        for (int i = 0; i < keys.length; i++) {
            table.putIfAbsent(keys[i] + 0f, values[i]);
        }
        boolean toFloat = attributes.has("values_floats")
                || attributes.tensor("values_tensor").filter(tensor -> tensor.type().isFloat()).isPresent();
        float otherwise = toFloat ? attributes.real("default_float", -0f) : attributes.integer("default_int64", -1);
        attributes.ignore("default_float", "default_int64");
        var standard = attributes.tensor("default_tensor");
        return new LabelEncoder(table, standard.map(one -> one.tensor().toArray()[0]).orElse(otherwise),
                toFloat ? DType.F32 : DType.I64);
    }

    private static float[] numbers(Attributes attributes, String prefix) {
        var reals = attributes.reals(prefix + "floats");
        var tensor = attributes.tensor(prefix + "tensor").map(Constant::tensor).map(Tensor::toArray);
        var integers = attributes.integers(prefix + "int64s")
                .map(all -> Constant.integers(DType.I64, Shape.of(all.length), all).tensor().toArray());
        return reals.or(() -> tensor)
                .or(() -> integers)
                .orElseThrow(() -> new IllegalArgumentException("it does not say its " + prefix + "…"));
    }

    /** Another number for each. */
    record LabelEncoder(Map<Float, Float> table, float otherwise, DType to) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            float[] x = Storage.array(in.tensor(0));
            float[] values = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                values[i] = table.getOrDefault(x[i] + 0f, otherwise);
            }
            return Storage.adopt(in.shape(0), values);
        }

        @Override
        public DType type(Facts in) {
            return to;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.known(0).rank() > 0;
        }
    }

    /** A vector per element: 1 in the place of its category. */
    record OneHotEncoder(boolean zeros, long... categories) implements Operator {
        @Override
        public Tensor value(Operands in) {
            float[] x = Storage.array(in.tensor(0));
            int[] dims = Arrays.copyOf(in.shape(0).dims(), in.shape(0).rank() + 1);
            dims[dims.length - 1] = categories.length;
            var vectors = new float[Growth.to(0, Arrays.stream(dims).asLongStream().toArray()).size()];
            for (int i = 0; i < x.length; i++) {
                boolean known = false;
                for (int k = 0; k < categories.length; k++) {
                    boolean same = (long) x[i] == categories[k];
                    vectors[i * categories.length + k] = same ? 1 : 0;
                    known |= same;
                }
                if (!known && !zeros) {
                    throw new IllegalArgumentException("the category " + x[i] + " is not among those of the model");
                }
            }
            return Storage.adopt(Shape.of(dims), vectors);
        }

        @Override
        public DType type(Facts in) {
            return DType.F32;
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(0).map(x -> x.edited(dims -> {
                dims.add(Dim.of(categories.length));
                return dims;
            }));
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.known(0).rank() > 0;
        }
    }
}
