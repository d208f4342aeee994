package org.espalier.nn.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Loads tensors into a model: collects all that does not fit before it changes anything. */
final class PyTorchLoad {
    private final String source;
    private final TensorFile contents;
    private final Layer model;
    private final Set<String> left;
    private final List<String> problems = new ArrayList<>();

    PyTorchLoad(String source, TensorFile contents, Layer model) {
        this.source = source;
        this.contents = contents;
        this.model = model;
        this.left = new LinkedHashSet<>(contents.tensors().keySet());
    }

    void apply(Map<String, String> names) throws FormatException {
        left.removeIf(PyTorchNames::isCounter);
        var places = new IdentityHashMap<Parameter, List<String>>();
        var owners = new IdentityHashMap<Parameter, Layer>();
        Layers.walk(model, (path, layer) -> {
            for (var parameter : layer.ownParameters()) {
                String name = PyTorchNames.join(names.getOrDefault(path, path), parameter.name());
                places.computeIfAbsent(parameter, key -> new ArrayList<>()).add(name);
                owners.putIfAbsent(parameter, layer);
            }
        });
        var entries = new LinkedHashMap<String, StateDict.Entry>();
        for (var parameter : model.parameters().entrySet()) {
            var value = parameter.getValue();
            entry(places.get(value), value, owners.get(value))
                    .ifPresent(entry -> entries.put(parameter.getKey(), entry));
        }
        left.forEach(name -> problems.add("\"" + name + "\" belongs to no layer"));
        if (!problems.isEmpty()) {
            throw new FormatException(source, "does not fit the model: " + String.join("; ", problems) + prefixHint());
        }
        StateDict.of(entries).applyTo(model);
    }

    /**
     * A parameter that several layers share may be there under each of their names, then always with the same values.
     */
    private Optional<StateDict.Entry> entry(List<String> names, Parameter parameter, Layer owner)
            throws FormatException {
        Optional<StateDict.Entry> first = Optional.empty();
        String firstName = null;
        int before = problems.size();
        for (String name : names) {
            if (!left.contains(name) && !left.contains(name + PyTorchNames.ORIGINAL)) {
                continue;
            }
            var entry = entry(name, parameter.shape());
            if (first.isPresent() && entry.isPresent() && !same(first.get(), entry.get())) {
                problems.add("\"" + firstName + "\" and \"" + name + "\" differ, but in the model they are one");
            }
            first = first.isPresent() ? first : entry;
            firstName = firstName == null ? name : firstName;
        }
        if (first.isPresent() || problems.size() > before) {
            return first;
        }
        return missing(names.getFirst(), parameter, owner);
    }

    private static boolean same(StateDict.Entry a, StateDict.Entry b) {
        return a.mask().equals(b.mask()) && Arrays.equals(Storage.array(a.value()), Storage.array(b.value()));
    }

    /** The learned weight and bias that a norm may lack are ones and zeros; anything else must be there. */
    private Optional<StateDict.Entry> missing(String name, Parameter parameter, Layer owner) {
        String layer = PyTorchNames.layer(name);
        boolean hasWeight = has(layer, "weight");
        boolean bias = parameter.name().equals("bias");
        boolean norm = owner instanceof BatchNorm1d && has(layer, "running_mean") && !hasWeight && !has(layer, "bias")
                || owner instanceof LayerNorm && (bias || !has(layer, "bias"));
        if (norm && parameter.isTrainable()) {
            return Optional.of(new StateDict.Entry(Tensor.full(parameter.shape(), bias ? 0 : 1), Optional.empty()));
        }
        String hint = owner instanceof Linear linear && bias && hasWeight
                ? ": the file has this layer without a bias, as Linear.withoutBias(" + linear.in() + ", "
                        + linear.out() + ") is"
                : owner instanceof BatchNorm1d && parameter.name().startsWith("running") && hasWeight
                        ? ": the file is of a model that keeps no statistics (track_running_stats=False), which is "
                                + "not supported; let the model see data in train mode instead"
                        : "";
        problems.add("\"" + name + "\" " + parameter.shape() + " is missing" + hint);
        return Optional.empty();
    }

    private boolean has(String layer, String name) {
        String full = PyTorchNames.join(layer, name);
        return contents.tensors().containsKey(full)
                || contents.tensors().containsKey(full + PyTorchNames.ORIGINAL);
    }

    private Optional<StateDict.Entry> entry(String name, Shape shape) throws FormatException {
        boolean masked = left.contains(name + PyTorchNames.ORIGINAL) && !left.contains(name);
        var value = raw(masked ? name + PyTorchNames.ORIGINAL : name, shape);
        var mask = masked ? raw(name + PyTorchNames.MASK, shape) : Optional.<RawTensor>empty();
        if (value.isEmpty() || masked && mask.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StateDict.Entry(
                value.get().toTensor(), mask.map(RawTensor::toTensor).map(Mask::nonZero)));
    }

    private Optional<RawTensor> raw(String name, Shape shape) throws FormatException {
        if (!left.remove(name)) {
            problems.add("\"" + name + "\" " + shape + " is missing");
            return Optional.empty();
        }
        var raw = contents.raw(name);
        if (!raw.shape().equals(shape) || !raw.dtype().isDecodable()) {
            problems.add("\"" + name + "\" is " + raw + ", the model needs " + DType.F32 + " " + shape);
            return Optional.empty();
        }
        return Optional.of(raw);
    }

    /** Wrappers of a model put one word in front of all names. */
    private String prefixHint() {
        String common = null;
        for (String name : contents.tensors().keySet()) {
            String prefix = name.substring(0, name.indexOf('.') + 1);
            if (prefix.isEmpty() || common != null && !common.equals(prefix)) {
                return "";
            }
            common = prefix;
        }
        boolean mine = false;
        for (String name : model.parameters().keySet()) {
            mine |= common != null && name.startsWith(common);
        }
        return common == null || mine
                ? ""
                : "; all names of the file begin with \"" + common
                        + "\": withoutPrefix(\"" + common + "\") takes that away";
    }
}
