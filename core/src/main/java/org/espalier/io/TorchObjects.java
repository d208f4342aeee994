package org.espalier.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.Shape;

/**
 * The few names that a state of PyTorch is made of: tensors, storages, ordered dictionaries. Every other name is
 * refused.
 */
final class TorchObjects implements Pickle.Objects {

    private static final int LARGEST_RANK = 64;

    /** The functions that may be called. */
    private enum Function {
        ORDERED_DICT("collections.OrderedDict"), REBUILD("torch._utils._rebuild_tensor"),
        REBUILD_2("torch._utils._rebuild_tensor_v2"), REBUILD_3("torch._utils._rebuild_tensor_v3"),
        PARAMETER("torch._utils._rebuild_parameter"),
        PARAMETER_WITH_STATE("torch._utils._rebuild_parameter_with_state"),
        FROM_TYPE("torch._tensor._rebuild_from_type_v2"), SIZE("torch.Size");

        private final String name;

        Function(String name) {
            this.name = name;
        }
    }

    /** A type of storage: what its elements are, null if only the tensor knows. */
    private record StorageType(DType dtype) {}

    /** The class of a tensor with attributes. */
    private static final Object TENSOR_CLASS = new Object();

    private static final Map<String, Object> NAMES = names();

    /**
     * Elements that lie outside of the pickle.
     *
     * @param key the storage's name
     * @param dtype the type of its elements, null if only the tensor knows
     * @param count how many elements it says that it has
     */
    record Storage(String key, DType dtype, long count) {}

    /**
     * A view of a storage.
     *
     * @param storage where its elements are
     * @param dtype their type
     * @param offset the index of its first element
     * @param shape its sizes
     * @param strides by how many elements the index grows along each axis
     */
    record View(Storage storage, DType dtype, long offset, Shape shape, long[] strides) {}

    private final String source;
    private final Pickle.Budget budget;
    private final Map<String, Storage> storages = new HashMap<>();

    TorchObjects(String source, Pickle.Budget budget) {
        this.source = source;
        this.budget = budget;
    }

    /** The storages that tensors have named, by key. */
    Map<String, Storage> storages() {
        return storages;
    }

    private static Map<String, Object> names() {
        var names = new HashMap<String, Object>();
        for (Function function : Function.values()) {
            names.put(function.name, function);
        }
        names.put("torch.Tensor", TENSOR_CLASS);
        names.put("torch.nn.parameter.Parameter", TENSOR_CLASS);
        type(names, DType.F32, "Float", "float32");
        type(names, DType.F64, "Double", "float64");
        type(names, DType.F16, "Half", "float16");
        type(names, DType.BF16, "BFloat16", "bfloat16");
        type(names, DType.I64, "Long", "int64");
        type(names, DType.I32, "Int", "int32");
        type(names, DType.I16, "Short", "int16");
        type(names, DType.I8, "Char", "int8");
        type(names, DType.U8, "Byte", "uint8");
        type(names, DType.BOOL, "Bool", "bool");
        type(names, DType.C64, "ComplexFloat", "complex64");
        names.put("torch.uint16", DType.U16);
        names.put("torch.uint32", DType.U32);
        names.put("torch.uint64", DType.U64);
        names.put("torch.storage.UntypedStorage", new StorageType(null));
        return names;
    }

    private static void type(Map<String, Object> names, DType dtype, String storage, String name) {
        names.put("torch." + storage + "Storage", new StorageType(dtype));
        names.put("torch." + name, dtype);
    }

    @Override
    public Object named(String module, String name) throws FormatException {
        String full = module + "." + name;
        Object known = NAMES.get(full);
        if (known == null) {
            throw problem("it has " + full + (full.startsWith("__torch__") ? ", a TorchScript program" : "")
                    + ", which is code and is never run here; only tensors, numbers, text and dictionaries of them are "
                    + "read: in Python, save these with torch.save(model.state_dict(), ...)");
        }
        return known;
    }

    private FormatException problem(String what) {
        return new FormatException(source, what);
    }

    @Override
    public Object call(Object function, List<Object> arguments) throws FormatException {
        if (!(function instanceof Function known)) {
            throw problem("it calls something that is not a function");
        }
        return switch (known) {
            case ORDERED_DICT -> dictionary(arguments);
            case SIZE -> sequence(arguments, 0);
            case REBUILD, REBUILD_2 -> view(arguments, null);
            case REBUILD_3 -> view(arguments, argument(arguments, 6, DType.class));
            case PARAMETER, PARAMETER_WITH_STATE -> argument(arguments, 0, View.class);
            case FROM_TYPE -> fromType(arguments);
        };
    }

    /** A tensor with attributes: they are passed over. */
    private Object fromType(List<Object> arguments) throws FormatException {
        Function inner = argument(arguments, 0, Function.class);
        if (inner == Function.FROM_TYPE || argument(arguments, 1, Object.class) != TENSOR_CLASS) {
            throw problem("a tensor of another class");
        }
        budget.take(24 + 4L * sequence(arguments, 2).size());
        return call(inner, List.copyOf(sequence(arguments, 2)));
    }

    private Map<Object, Object> dictionary(List<Object> arguments) throws FormatException {
        var dictionary = new LinkedHashMap<Object, Object>();
        if (arguments.isEmpty()) {
            return dictionary;
        }
        budget.take(48L * sequence(arguments, 0).size());
        for (Object pair : sequence(arguments, 0)) {
            if (!(pair instanceof List<?> two) || two.size() != 2 || !(two.get(0) instanceof String key)) {
                throw problem("an ordered dictionary of something that is not a pair");
            }
            dictionary.put(key, two.get(1));
        }
        return dictionary;
    }

    private View view(List<Object> arguments, DType said) throws FormatException {
        Storage storage = argument(arguments, 0, Storage.class);
        long offset = argument(arguments, 1, Long.class);
        int[] sizes = sizes(sequence(arguments, 2));
        long[] strides = strides(sequence(arguments, 3));
        DType dtype = said == null ? storage.dtype : said;
        if (dtype == null || storage.dtype != null && storage.dtype != dtype) {
            throw problem("storage \"" + storage.key + "\" has elements of two types, or of none");
        }
        boolean plain = arguments.size() < 7 || said != null || !(arguments.get(6) instanceof Map<?, ?> map)
                || map.isEmpty();
        if (strides.length != sizes.length || offset < 0 || !plain) {
            throw problem("a tensor with " + strides.length + " strides for " + sizes.length + " sizes"
                    + (plain ? "" : " that is conjugated or negated; call .resolve_conj().resolve_neg() on it"));
        }
        try {
            return new View(storage, dtype, offset, Shape.of(sizes), strides);
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, FormatException.NO_OFFSET, "a tensor: " + e.getMessage(), e);
        }
    }

    private int[] sizes(List<?> values) throws FormatException {
        var sizes = new int[values.size()];
        long[] numbers = strides(values);
        for (int i = 0; i < sizes.length; i++) {
            if (numbers[i] > Integer.MAX_VALUE) {
                throw problem("a tensor of size " + numbers[i]);
            }
            sizes[i] = (int) numbers[i];
        }
        return sizes;
    }

    private long[] strides(List<?> values) throws FormatException {
        if (values.size() > LARGEST_RANK) {
            throw problem("a tensor of rank " + values.size());
        }
        budget.take(16 + 16L * values.size());
        var numbers = new long[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(values.get(i) instanceof Long number) || number < 0) {
                throw problem("a size or stride that is not an integer of at least 0");
            }
            numbers[i] = number;
        }
        return numbers;
    }

    /** A key is {@code ("storage", type, name, device, number of elements)}, in older files with a view after it. */
    @Override
    public Object outside(Object key) throws FormatException {
        if (!(key instanceof List<?> parts) || parts.size() < 5 || !"storage".equals(parts.get(0))) {
            throw problem("a value outside of the pickle that is not a storage");
        }
        budget.take(100 + 4L * parts.size());
        var arguments = new ArrayList<Object>(parts);
        if (parts.size() > 5 && parts.get(5) != Pickle.NONE) {
            throw problem("a view of a storage, as PyTorch before 0.4 wrote them: save the file again");
        }
        String name = argument(arguments, 2, String.class);
        long count = argument(arguments, 4, Long.class);
        var storage = new Storage(name, argument(arguments, 1, StorageType.class).dtype, count);
        Storage before = storages.putIfAbsent(name, storage);
        if (before != null && !before.equals(storage)) {
            throw problem("storage \"" + name + "\" is there twice, differently");
        }
        return before == null ? storage : before;
    }

    private <T> T argument(List<Object> arguments, int index, Class<T> type) throws FormatException {
        if (arguments.size() <= index || !type.isInstance(arguments.get(index))) {
            throw problem("argument " + index + " of a call is not what it must be");
        }
        return type.cast(arguments.get(index));
    }

    private List<?> sequence(List<Object> arguments, int index) throws FormatException {
        return argument(arguments, index, List.class);
    }
}
