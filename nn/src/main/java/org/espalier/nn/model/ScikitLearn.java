package org.espalier.nn.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.espalier.io.FormatException;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Scale;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Tensor;

/**
 * Models of scikit-learn, saved as arrays. In Python:
 *
 * <pre>
 * numpy.savez("net.npz", mean=scaler.mean_, scale=scaler.scale_,
 *             **{f"coefs_{i}": c for i, c in enumerate(net.coefs_)},
 *             **{f"intercepts_{i}": b for i, b in enumerate(net.intercepts_)})
 * </pre>
 *
 * <p>A network ({@code MLPClassifier}, {@code MLPRegressor}) has {@code coefs_0}, {@code intercepts_0} and so on; a
 * linear model has {@code coef_} and {@code intercept_}. A {@code StandardScaler} in front may be saved with it, as
 * {@code mean} and {@code scale}, with or without an underscore at the end. The model gives what the last layer gives:
 * numbers of a regression, or logits, of which a sigmoid (one output) or softmax (several) makes the probabilities.
 */
public final class ScikitLearn {
    private static final Pattern COEFS = Pattern.compile("coefs?_?(\\d{1,4})_?");
    private static final Pattern INTERCEPTS = Pattern.compile("intercepts?_?(\\d{1,4})_?");

    private ScikitLearn() {}

    /**
     * Reads a model whose hidden layers have ReLU, the default of scikit-learn.
     *
     * @param path an archive of NumPy
     * @throws FormatException if it is none, or has no such arrays, or their sizes do not fit
     * @throws IOException if it cannot be read
     */
    public static Sequential read(Path path) throws IOException {
        return read(path, Activation.relu());
    }

    /**
     * Reads a model.
     *
     * @param path an archive of NumPy
     * @param activation what its hidden layers have: {@code Activation.relu()}, {@code tanh()}, {@code sigmoid()}
     *     ("logistic" in scikit-learn)
     * @throws FormatException if it is none, or has no such arrays, or their sizes do not fit
     * @throws IOException if it cannot be read
     */
    public static Sequential read(Path path, Layer activation) throws IOException {
        return of(path.toString(), Npz.read(path).arrays(), activation);
    }

    /** As {@link #read(Path, Layer)}, of arrays that are read already. */
    public static Sequential of(Map<String, RawTensor> arrays, Layer activation) throws FormatException {
        return of("scikit-learn arrays", arrays, activation);
    }

    private static Sequential of(String source, Map<String, RawTensor> arrays, Layer activation)
            throws FormatException {
        var layers = new ArrayList<Layer>();
        try {
            scaler(arrays).ifPresent(layers::add);
            int front = layers.size();
            for (Linear linear : linears(source, arrays)) {
                if (layers.size() > front) {
                    layers.add(activation);
                }
                layers.add(linear);
            }
            int width = 0;
            for (Layer layer : layers) {
                if (layer.in() != 0 && width != 0 && layer.in() != width) {
                    throw new FormatException(source, layer + " does not take the " + width + " values before it");
                }
                width = layer.in() == 0 ? width : layer.out(layer.in());
            }
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, FormatException.NO_OFFSET, e.getMessage(), e);
        }
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    private static Optional<Layer> scaler(Map<String, RawTensor> arrays) {
        RawTensor mean = first(arrays, "mean", "mean_", "scaler_mean");
        RawTensor scale = first(arrays, "scale", "scale_", "scaler_scale");
        return mean == null || scale == null
                ? Optional.empty()
                : Optional.of(Scale.standardize(mean.toTensor(), scale.toTensor()));
    }

    private static RawTensor first(Map<String, RawTensor> arrays, String... names) {
        for (String name : names) {
            if (arrays.containsKey(name)) {
                return arrays.get(name);
            }
        }
        return null;
    }

    private static List<Linear> linears(String source, Map<String, RawTensor> arrays) throws FormatException {
        var weights = numbered(arrays, COEFS);
        var biases = numbered(arrays, INTERCEPTS);
        RawTensor coef = first(arrays, "coef_", "coef");
        RawTensor intercept = first(arrays, "intercept_", "intercept");
        if (weights.isEmpty() && coef != null && intercept != null) {
            // A linear model has a row of coefficients for each output, or only one row.
            Tensor rows = coef.toTensor();
            Tensor bias = intercept.toTensor();
            return List.of(Linear.of(rows.rank() == 1 ? rows.reshape(1, rows.dim(0)) : rows,
                    bias.rank() == 0 ? bias.reshape(1) : bias));
        }
        if (weights.isEmpty() || !weights.keySet().equals(biases.keySet())
                || weights.lastKey() != weights.size() - 1) {
            throw new FormatException(source,
                    "expected the arrays coefs_0, intercepts_0, coefs_1, ... of a network, or "
                            + "coef_ and intercept_ of a linear model, but there are " + arrays.keySet());
        }
        var linears = new ArrayList<Linear>();
        for (int i = 0; i < weights.size(); i++) {
            Tensor weight = weights.get(i).toTensor();
            if (weight.rank() != 2) {
                throw new FormatException(source, "coefs_" + i + " is " + weights.get(i) + ", not a matrix");
            }
            Tensor bias = biases.get(i).toTensor();
            linears.add(Linear.of(weight.transpose(), bias));
        }
        return linears;
    }

    private static TreeMap<Integer, RawTensor> numbered(Map<String, RawTensor> arrays, Pattern pattern) {
        var numbered = new TreeMap<Integer, RawTensor>();
        arrays.forEach((name, array) -> {
            var matcher = pattern.matcher(name);
            if (matcher.matches()) {
                numbered.put(Integer.parseInt(matcher.group(1)), array);
            }
        });
        return numbered;
    }
}
