package org.espalier.prune.deploy;

import java.util.List;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;

/**
 * The latency of the linear layers of a model on one machine, in microseconds, as they get smaller or sparser: measured
 * once, then data, so that pruning by it can be repeated. The time of a model is the sum over its linear layers;
 * activations and norms are not counted, and rows or columns without a kept weight count as taken out.
 *
 * @param machine what it was measured with
 * @param batch rows in a call
 * @param layers the layers, in the order of the model
 */
public record LatencyTable(String machine, int batch, List<LayerLatency> layers) {
    /**
     * Takes its own copy of the list.
     *
     * @throws IllegalArgumentException if the batch is not positive
     */
    public LatencyTable {
        if (batch < 1) {
            throw new IllegalArgumentException("the batch of a latency table must be positive, not " + batch);
        }
        layers = List.copyOf(layers);
    }

    /** The microseconds of a model with its present masks; throws as {@link #micros(Layer, Map)}. */
    public double micros(Layer model) {
        return micros(model, Map.of());
    }

    /**
     * The microseconds of a model if parameters were restricted to these masks.
     *
     * @param masks by the full name of the parameter
     * @throws IllegalArgumentException if a linear layer is not in the table, or there in another size
     */
    public double micros(Layer model, Map<String, Mask> masks) {
        double[] micros = new double[1];
        Layers.walk(model, (name, layer) -> {
            if (layer.dependency() instanceof Dependency.Dense dense) {
                micros[0] += layer(name, dense.weight(), masks);
            }
        });
        return micros[0];
    }

    private double layer(String name, Parameter weight, Map<String, Mask> masks) {
        int rows = weight.shape().dim(0);
        int columns = weight.shape().dim(1);
        var times = layers.stream()
                .filter(layer -> layer.layer().equals(name)
                        && layer.rows().getLast() == rows
                        && layer.columns().getLast() == columns)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the latency table has no layer '" + name + "' of " + columns + " → " + rows
                                + "; measure it again"));
        var mask = masks.getOrDefault(name.isEmpty() ? "weight" : name + ".weight", weight.mask().orElse(null));
        if (mask == null) {
            return times.micros(rows, columns, weight.size());
        }
        var liveRows = new boolean[rows];
        var liveColumns = new boolean[columns];
        for (int i = 0; i < weight.size(); i++) {
            if (mask.keeps(i)) {
                liveRows[i / columns] = true;
                liveColumns[i % columns] = true;
            }
        }
        return times.micros(count(liveRows), count(liveColumns), mask.kept());
    }

    private static int count(boolean[] live) {
        int count = 0;
        for (boolean one : live) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** The same table with all times multiplied. */
    public LatencyTable scaled(double factor) {
        return new LatencyTable(machine, batch, layers.stream().map(layer -> layer.scaled(factor)).toList());
    }

    /** The table as JSON; {@link #of} reads it back. */
    public Json.Obj toJson() {
        return RecordJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws FormatException if a member is missing, of another type, or makes no sense
     */
    public static LatencyTable of(Json.Obj json) throws FormatException {
        return RecordJson.read(LatencyTable.class, json, "latency table");
    }
}
