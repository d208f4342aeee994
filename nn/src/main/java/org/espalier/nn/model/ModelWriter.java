package org.espalier.nn.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.io.DType;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.TensorFile;
import org.espalier.nn.Architecture;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/** Puts a model into the tensors and strings of a file of version 3, each parameter in its smallest form. */
final class ModelWriter {
    private final ModelFile file;
    private final Map<String, StateDict.Entry> entries;
    private final String architecture;

    private ModelWriter(ModelFile file) {
        this.file = file;
        this.entries = StateDict.of(file.model()).entries();
        this.architecture = Architecture.of(file.model()).compact();
        if (architecture.length() > ModelFormat.LONGEST_TEXT) {
            throw new IllegalArgumentException("an architecture of " + architecture.length() + " characters");
        }
    }

    static TensorFile contents(ModelFile file) {
        var writer = new ModelWriter(file);
        var chosen = writer.chosen();
        var plain = writer.tensorFile(chosen);
        if (file.isPlain()) {
            return plain;
        }
        var smallest = new LinkedHashMap<>(chosen);
        writer.entries.forEach((name, entry) -> {
            var form = chosen.containsKey(name) ? null : SmallestForm.of(name, entry);
            if (form != null) {
                smallest.put(name, form);
            }
        });
        if (smallest.size() == chosen.size()) {
            return plain;
        }
        var packed = writer.tensorFile(smallest);
        return SafeTensors.byteCount(packed) < SafeTensors.byteCount(plain) ? packed : plain;
    }

    /** The packings that somebody chose, or that the file had when it was read, of parameters that are still so. */
    private Map<String, PackedWeight> chosen() {
        var chosen = new LinkedHashMap<String, PackedWeight>();
        file.packed().forEach((name, weight) -> {
            var entry = entries.get(name);
            if (entry != null && isWorth(weight, entry)) {
                chosen.put(name, weight);
            } else if (file.isRounded(name)) {
                throw new IllegalStateException("parameter " + name + " was changed after it was packed as "
                        + weight.packing() + ": make the file again and pack it again");
            }
        });
        return chosen;
    }

    /** Whether a packed weight still has the values and the mask of the parameter. */
    private static boolean isWorth(PackedWeight weight, StateDict.Entry entry) {
        if (!weight.shape().equals(entry.value().shape())) {
            return false;
        }
        float[] values = Storage.array(entry.value());
        float[] packed = Storage.array(weight.toTensor());
        for (int i = 0; i < values.length; i++) {
            if (Float.floatToRawIntBits(values[i]) != Float.floatToRawIntBits(packed[i])) {
                return false;
            }
        }
        var mask = Marks.mask(entry);
        if (weight.packing().layout() == Layout.ALL || mask == null) {
            return true;
        }
        return mask.equals(Mask.of(weight.shape(), weight.written()));
    }

    private TensorFile tensorFile(Map<String, PackedWeight> packed) {
        var tensors = new LinkedHashMap<String, RawTensor>();
        var packings = Json.object();
        var marks = Json.object();
        for (var parameter : entries.entrySet()) {
            var name = parameter.getKey();
            var entry = parameter.getValue();
            var weight = packed.get(name);
            if (weight == null) {
                int number = Marks.of(entry);
                put(tensors, name, Marks.write(entry, number));
                marks = number == Marks.USUAL ? marks : marks.with(name, number);
                continue;
            }
            weight.tensors(name).forEach((part, tensor) -> put(tensors, part, tensor));
            packings = packings.with(name, weight.packing().toString());
            var mask = Marks.mask(entry);
            if (weight.packing().layout() == Layout.ALL && mask != null) {
                put(tensors, name + ModelFormat.MASK, bits(mask));
            } else if (weight.packing().layout() != Layout.ALL && mask == null) {
                marks = marks.with(name, Marks.NONE);
            }
        }
        file.verification().ifPresent(rows -> {
            put(tensors, ModelFormat.INPUTS, RawTensor.of(rows.inputs()));
            put(tensors, ModelFormat.OUTPUTS, RawTensor.of(rows.outputs()));
        });
        return TensorFile.of(tensors, strings(packings, marks));
    }

    private Map<String, String> strings(Json.Obj packings, Json.Obj marks) {
        var strings = new LinkedHashMap<>(file.metadata());
        for (var key : strings.keySet()) {
            if (ModelFormat.KEYS.contains(key)) {
                throw new IllegalArgumentException("the metadata key " + key + " is the format's own");
            }
        }
        strings.put(ModelFormat.VERSION, ModelFormat.VERSION_3);
        strings.put(ModelFormat.ARCHITECTURE, architecture);
        if (!packings.members().isEmpty()) {
            strings.put(ModelFormat.PACKING, packings.compact());
        }
        if (!marks.members().isEmpty()) {
            strings.put(ModelFormat.MARKS, marks.compact());
        }
        return strings;
    }

    private static void put(Map<String, RawTensor> tensors, String name, RawTensor tensor) {
        if (tensors.put(name, tensor) != null) {
            throw new IllegalArgumentException("two tensors would be called " + name);
        }
    }

    /** A bit for each element, 1 if it is kept, the first in the lowest bit. */
    private static RawTensor bits(Mask mask) {
        var bits = new byte[Math.ceilDiv(mask.size(), Byte.SIZE)];
        for (int i = 0; i < mask.size(); i++) {
            bits[i / Byte.SIZE] |= (byte) (mask.keeps(i) ? 1 << i % Byte.SIZE : 0);
        }
        return RawTensor.ofBytes(DType.U8, Shape.of(bits.length), bits);
    }
}
