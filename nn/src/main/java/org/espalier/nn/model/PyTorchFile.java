package org.espalier.nn.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.espalier.io.FileKind;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.SaveException;
import org.espalier.io.TensorFile;
import org.espalier.io.TorchSave;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;

/**
 * The state of a model as PyTorch programs and Hugging Face keep it: tensors by name, no architecture. It is loaded
 * into a model that is there already, or {@link #proposeModel} makes one from the names and shapes.
 *
 * <p>Read are {@code .pt} and {@code .pth} files of {@code torch.save(model.state_dict(), path)}, safetensors files,
 * and the {@code index.json} of a model in several files. Nothing in a file is run: one that holds more than data, such
 * as a whole model, is refused by the name of what it holds ({@link TorchSave}).
 *
 * <p>Within a layer the names are PyTorch's: {@code weight}, {@code bias}, {@code running_mean}, {@code running_var};
 * {@code num_batches_tracked} is not needed. What {@code torch.nn.utils.prune} makes of a pruned weight,
 * {@code weight_orig} and {@code weight_mask}, becomes a value with a {@link org.espalier.nn.Mask}. A norm without
 * learned weight or bias has ones and zeros. A parameter that layers share may be there under the names of all of them
 * or under one. The elements may be F32, F64, F16, BF16, integers or booleans; they become float32. Layers are found by
 * their names, by a map of names, or by their order. Everything is checked before anything in the model changes.
 */
public final class PyTorchFile {
    private final String source;
    private final TensorFile contents;
    private final boolean ordered;

    private PyTorchFile(String source, TensorFile contents, boolean ordered) {
        this.source = source;
        this.contents = contents;
        this.ordered = ordered;
    }

    /**
     * Reads a file with one state.
     *
     * @throws FormatException if it is of another kind, damaged, holds more than data, or holds no state or several;
     *     then it names their keys
     * @throws IOException if it cannot be read
     */
    public static PyTorchFile read(Path path) throws IOException {
        return read(path, null);
    }

    /**
     * Reads one of the states of a checkpoint, a dictionary that has them under keys.
     *
     * @param key the key of the state, such as {@code model_state_dict}; keys inside one another are joined by dots
     * @throws FormatException if it is no such file, is damaged, holds more than data, or has no state of this key;
     *     then it names those that there are
     * @throws IOException if it cannot be read
     */
    public static PyTorchFile read(Path path, String key) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(FileKind.HEAD);
        }
        String source = path.toString();
        return switch (FileKind.of(head)) {
            case PYTORCH_ZIP, PYTORCH_PICKLE, TAR -> chosen(source, TorchSave.read(path), key);
            case SAFETENSORS -> only(source, SafeTensors.read(path), key);
            case SHARD_INDEX -> only(source, ShardIndex.read(path), key);
            default -> throw mismatch(source, head);
        };
    }

    /** A part of a model in several files: not an index again. */
    static PyTorchFile readPart(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(FileKind.HEAD);
        }
        if (FileKind.of(head) == FileKind.SHARD_INDEX) {
            throw mismatch(path.toString(), head);
        }
        return read(path);
    }

    /** As {@link #read(Path)}, of a file in memory; not of an index. */
    public static PyTorchFile read(byte[] file) throws FormatException {
        byte[] head = Arrays.copyOf(file, Math.min(file.length, FileKind.HEAD));
        String source = "PyTorch bytes";
        return switch (FileKind.of(head)) {
            case PYTORCH_ZIP, PYTORCH_PICKLE, TAR -> chosen(source, TorchSave.read(file), null);
            case SAFETENSORS -> only(source, SafeTensors.read(file), null);
            default -> throw mismatch(source, head);
        };
    }

    /** As {@link #read(byte[])}, of a stream, such as a resource; reads it to its end and does not close it. */
    public static PyTorchFile read(InputStream stream) throws IOException {
        return read(stream.readAllBytes());
    }

    private static FormatException mismatch(String source, byte[] head) {
        return FileKind.mismatch(source, head, "a PyTorch state (.pt, .pth, .safetensors or index.json)");
    }

    private static PyTorchFile only(String source, TensorFile contents, String key) throws FormatException {
        if (key != null) {
            throw new FormatException(source,
                    "a safetensors file has one state and no keys; asked for \"" + key + "\"");
        }
        return new PyTorchFile(source, contents, false);
    }

    private static PyTorchFile chosen(String source, SequencedMap<String, TensorFile> states, String key)
            throws FormatException {
        if (states.isEmpty()) {
            throw new FormatException(source, "no state in it: expected a dictionary of tensors, "
                    + "as torch.save(model.state_dict(), ...) writes it");
        }
        if (key == null && states.size() == 1) {
            return new PyTorchFile(source, states.firstEntry().getValue(), true);
        }
        TensorFile state = key == null ? null : states.get(key);
        if (state == null) {
            var keys = new StringBuilder();
            states.forEach((name, tensors) -> keys.append(keys.isEmpty() ? "" : ", ").append('"').append(name)
                    .append("\" (").append(tensors.tensors().size()).append(" tensors)"));
            throw new FormatException(source, key == null
                    ? "several states in it: choose one with PyTorchFile.read(path, key), of " + keys
                    : "no state \"" + key + "\" in it, only " + keys);
        }
        return new PyTorchFile(source, state, true);
    }

    /** These tensors. */
    public static PyTorchFile of(TensorFile contents) {
        return new PyTorchFile("PyTorch tensors", contents, false);
    }

    private static PyTorchFile written(TensorFile contents) {
        return new PyTorchFile("PyTorch tensors", contents, true);
    }

    /** The state of a model, layers under their names in the model; masked elements are zeros. */
    public static PyTorchFile of(Layer model) {
        return written(new PyTorchNames(false, false).tensors(model));
    }

    /** As {@link #of(Layer)}, but children are called 0, 1, 2, … as in {@code torch.nn.Sequential}. */
    public static PyTorchFile numbered(Layer model) {
        return written(new PyTorchNames(true, false).tensors(model));
    }

    /**
     * As {@link #of(Layer)}, but with masks in the form of {@code torch.nn.utils.prune}, as a model whose parameters
     * are pruned there loads them with {@code strict=True}.
     */
    public static PyTorchFile pruned(Layer model) {
        return written(new PyTorchNames(false, true).tensors(model));
    }

    /** As {@link #pruned}, but children are called 0, 1, 2, … as in {@code torch.nn.Sequential}. */
    public static PyTorchFile prunedNumbered(Layer model) {
        return written(new PyTorchNames(true, true).tensors(model));
    }

    /** The tensors of the file. */
    public TensorFile contents() {
        return contents;
    }

    /**
     * These tensors under shorter names: without {@code module.}, for example, which {@code DataParallel} puts in front
     * of all.
     *
     * @throws FormatException if a name does not begin so
     */
    public PyTorchFile withoutPrefix(String prefix) throws FormatException {
        var tensors = new LinkedHashMap<String, RawTensor>();
        for (var tensor : contents.tensors().entrySet()) {
            if (!tensor.getKey().startsWith(prefix) || tensor.getKey().equals(prefix)) {
                throw new FormatException(source, "\"" + tensor.getKey() + "\" does not begin with \"" + prefix + "\"");
            }
            tensors.put(tensor.getKey().substring(prefix.length()), tensor.getValue());
        }
        return new PyTorchFile(source, TensorFile.of(tensors, contents.metadata()), ordered);
    }

    /**
     * Writes the file as safetensors, replacing an old one in one step.
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
        new PyTorchLoad(source, contents, model).apply(names);
    }

    /**
     * Loads into a model with other names, whose layers with parameters stand in the order of the file's. A
     * {@code .pt} file has them in the order in which the model was written there. A safetensors file sorts its names,
     * so there the order is that of the numbers in them, 10 after 9; layers without numbers are told apart by their
     * sizes.
     *
     * @throws FormatException if the order cannot be known; or if tensors are missing, left over or of the wrong shape;
     *     it names them all
     */
    public void applyInOrder(Layer model) throws FormatException {
        applyTo(model, new LayerOrder(source, contents, ordered).match(model));
    }

    /**
     * A model with these values: a chain of layers recognized by names and shapes, with ReLU between. {@link
     * Proposal#assumptions} lists what the file does not say.
     *
     * @throws FormatException if they are no chain of linear layers, norms and PReLU
     */
    public Proposal proposeModel() throws FormatException {
        return proposeModel(Activation.relu());
    }

    /**
     * As {@link #proposeModel()}, with another activation between the layers.
     *
     * @throws FormatException if they are no chain of linear layers, norms and PReLU
     * @throws IllegalArgumentException if the activation has parameters
     */
    public Proposal proposeModel(Layer activation) throws FormatException {
        var order = new LayerOrder(source, contents, ordered);
        return new ModelProposal(source, contents, order, activation).propose();
    }

    /** Lists the tensors. */
    @Override
    public String toString() {
        return source + contents.tensors();
    }
}
