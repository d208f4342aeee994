package org.espalier.nn.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.SaveException;
import org.espalier.io.TensorFile;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;

/**
 * The state of a model as PyTorch programs and Hugging Face keep it in safetensors: tensors by name, no architecture.
 * It is loaded into a model that is there already.
 *
 * <p>Within a layer the names are PyTorch's: {@code weight}, {@code bias}, {@code running_mean}, {@code running_var};
 * {@code num_batches_tracked} is not needed. What {@code torch.nn.utils.prune} makes of a pruned weight, {@code
 * weight_orig} and {@code weight_mask}, becomes a value with a {@link Mask}. The elements may be F32, F64, F16, BF16,
 * integers or booleans; they become float32. Layers are found by their names, by a map of names, or by their order.
 * Everything is checked before anything in the model changes.
 */
public final class PyTorchFile {
    private static final String ORIGINAL = "_orig";
    private static final String MASK = "_mask";
    private static final String COUNTER = "num_batches_tracked";

    private final String source;
    private final TensorFile contents;

    private PyTorchFile(String source, TensorFile contents) {
        this.source = source;
        this.contents = contents;
    }

    /**
     * Reads a file.
     *
     * @throws FormatException if it is no safetensors file, or damaged
     * @throws IOException if it cannot be read
     */
    public static PyTorchFile read(Path path) throws IOException {
        return new PyTorchFile(path.toString(), SafeTensors.read(path));
    }

    /** These tensors. */
    public static PyTorchFile of(TensorFile contents) {
        return new PyTorchFile("PyTorch tensors", contents);
    }

    /** The state of a model, layers under their names in the model; masked elements are zeros. */
    public static PyTorchFile of(Layer model) {
        return of(new PyTorchNames(false, false).tensors(model));
    }

    /** As {@link #of(Layer)}, but children are called 0, 1, 2, … as in {@code torch.nn.Sequential}. */
    public static PyTorchFile numbered(Layer model) {
        return of(new PyTorchNames(true, false).tensors(model));
    }

    /** As {@link #of(Layer)}, but with masks in the form of {@code torch.nn.utils.prune}. */
    public static PyTorchFile pruned(Layer model) {
        return of(new PyTorchNames(false, true).tensors(model));
    }

    /** The tensors of the file. */
    public TensorFile contents() {
        return contents;
    }

    /**
     * Writes the file, replacing an old one in one step.
     *
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     */
    public void write(Path path) throws IOException {
        SafeTensors.write(path, contents);
    }

    /**
     * Loads into a model whose layers have the names of the file.
     *
     * @throws FormatException if tensors are missing, left over or of the wrong shape; it names them all
     */
    public void applyTo(Layer model) throws FormatException {
        applyTo(model, Map.of());
    }

    /**
     * Loads into a model with other names.
     *
     * @param names for layers of the model, by full name such as {@code fc1}, what the file calls them, such as
     *     {@code classifier.0}; a layer without an entry has the same name there
     * @throws FormatException if tensors are missing, left over or of the wrong shape; it names them all
     */
    public void applyTo(Layer model, Map<String, String> names) throws FormatException {
        var entries = new LinkedHashMap<String, StateDict.Entry>();
        var problems = new ArrayList<String>();
        var left = new LinkedHashSet<>(contents.tensors().keySet());
        left.removeIf(name -> PyTorchNames.local(name).equals(COUNTER));
        for (var parameter : model.parameters().entrySet()) {
            var layer = PyTorchNames.layer(parameter.getKey());
            var name = PyTorchNames.join(names.getOrDefault(layer, layer), PyTorchNames.local(parameter.getKey()));
            entry(name, parameter.getValue().shape(), left, problems)
                    .ifPresent(entry -> entries.put(parameter.getKey(), entry));
        }
        left.forEach(name -> problems.add("\"" + name + "\" belongs to no layer"));
        if (!problems.isEmpty()) {
            throw new FormatException(source, "does not fit the model: " + String.join("; ", problems));
        }
        StateDict.of(entries).applyTo(model);
    }

    /**
     * Loads into a model with other names whose layers with parameters stand in the order of the file's, which is that
     * of their names: alphabetical, but numbers by value, so that 10 comes after 9.
     *
     * @throws FormatException if tensors are missing, left over or of the wrong shape; it names them all
     */
    public void applyInOrder(Layer model) throws FormatException {
        var mine = new ArrayList<>(layers(model.parameters().keySet(), new LinkedHashSet<>()));
        var theirs = new ArrayList<>(layers(contents.tensors().keySet(), new TreeSet<>(PyTorchNames.ORDER)));
        if (mine.size() != theirs.size()) {
            throw new FormatException(source, "has the layers " + theirs + " but the model has " + mine);
        }
        var names = new LinkedHashMap<String, String>();
        for (int i = 0; i < mine.size(); i++) {
            names.put(mine.get(i), theirs.get(i));
        }
        applyTo(model, names);
    }

    private static Set<String> layers(Set<String> names, Set<String> layers) {
        names.forEach(name -> layers.add(PyTorchNames.layer(name)));
        return layers;
    }

    private Optional<StateDict.Entry> entry(String name, Shape shape, Set<String> left, List<String> problems)
            throws FormatException {
        boolean masked = left.contains(name + ORIGINAL) && !left.contains(name);
        var value = raw(masked ? name + ORIGINAL : name, shape, left, problems);
        var mask = masked ? raw(name + MASK, shape, left, problems) : Optional.<RawTensor>empty();
        if (value.isEmpty() || masked && mask.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StateDict.Entry(
                value.get().toTensor(), mask.map(RawTensor::toTensor).map(Mask::nonZero)));
    }

    private Optional<RawTensor> raw(String name, Shape shape, Set<String> left, List<String> problems)
            throws FormatException {
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

    /** Lists the tensors. */
    @Override
    public String toString() {
        return source + contents.tensors();
    }
}
