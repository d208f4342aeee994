package org.espalier.prune.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;

/**
 * What the linear layers of a model take in microseconds on one machine as they get smaller or sparser: measured once,
 * then data, so that what is pruned by it can be pruned again. The time of a model is the sum over its linear layers;
 * activations and norms are not counted, and rows or columns without a kept weight count as taken out.
 *
 * @param machine what it was measured with
 * @param batch rows in a call
 * @param layers the layers, in the order of the model
 */
public record LatencyTable(String machine, int batch, List<LayerLatency> layers) {
    private static final String SOURCE = "cost table";

    /** Takes its own copy of the list. */
    public LatencyTable {
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
                        "the cost table has no layer '" + name + "' of " + columns + " → " + rows
                                + "; measure it anew"));
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

    /** The table as JSON. */
    public Json.Obj toJson() {
        var lines = layers.stream()
                .map(layer -> (Json) Json.object()
                        .with("layer", layer.layer())
                        .with("rows", integers(layer.rows()))
                        .with("columns", integers(layer.columns()))
                        .with("dense", Json.array(layer.dense().stream().map(LatencyTable::reals).toList()))
                        .with("kept", integers(layer.kept()))
                        .with("sparse", reals(layer.sparse())))
                .toList();
        return Json.object().with("machine", machine).with("batch", batch).with("layers", Json.array(lines));
    }

    private static Json integers(List<Integer> numbers) {
        return Json.array(numbers.stream().map(number -> (Json) new Json.Int(number)).toList());
    }

    private static Json reals(List<Double> numbers) {
        return Json.array(numbers.stream().map(number -> (Json) new Json.Real(number)).toList());
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws FormatException if something is missing, of another kind, or makes no sense
     */
    public static LatencyTable of(Json.Obj json) throws FormatException {
        var layers = new ArrayList<LayerLatency>();
        for (var item : json.items("layers")) {
            if (!(item instanceof Json.Obj line)) {
                throw new FormatException(SOURCE, "a layer is no object");
            }
            var dense = new ArrayList<List<Double>>();
            for (var row : line.items("dense")) {
                if (!(row instanceof Json.Arr array)) {
                    throw new FormatException(SOURCE, "a row of times is no array");
                }
                dense.add(numbers(array.items()));
            }
            var name = line.string("layer");
            try {
                layers.add(new LayerLatency(
                        name,
                        whole(line, "rows"),
                        whole(line, "columns"),
                        dense,
                        whole(line, "kept"),
                        numbers(line.items("sparse"))));
            } catch (IllegalArgumentException e) {
                throw new FormatException(SOURCE, e.getMessage());
            }
        }
        long batch = json.integer("batch");
        if (batch < 1 || batch > Integer.MAX_VALUE) {
            throw new FormatException(SOURCE, "the batch is " + batch);
        }
        return new LatencyTable(json.string("machine"), (int) batch, layers);
    }

    private static List<Integer> whole(Json.Obj line, String name) throws FormatException {
        var whole = new ArrayList<Integer>();
        for (double number : numbers(line.items(name))) {
            if (number != (int) number) {
                throw new FormatException(SOURCE, name + " holds " + number);
            }
            whole.add((int) number);
        }
        return whole;
    }

    private static List<Double> numbers(List<Json> items) throws FormatException {
        var numbers = new ArrayList<Double>();
        for (var item : items) {
            numbers.add(switch (item) {
                case Json.Int whole -> whole.asDouble();
                case Json.Real real -> real.asDouble();
                default -> throw new FormatException(SOURCE, "a time is no number");
            });
        }
        return numbers;
    }
}
