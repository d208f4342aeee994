package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Seeded models of random structure, values and masks; the first seeds give the narrowest. */
public final class RandomModels {
    private static final List<Layer> ACTIVATIONS = List.of(
            Activation.relu(), Activation.tanh(), Activation.sigmoid(), Activation.softplus(),
            Activation.gelu(), Activation.leakyRelu(0.1f));

    private final SplittableRandom random;
    private final int widest;
    private Dropout dropout = Dropout.of(0.5f);

    public RandomModels(long seed) {
        random = new SplittableRandom(seed);
        widest = seed < 20 ? 2 : seed < 60 ? 6 : 40;
    }

    /** Dropout draws a number per feature, so its draws change with the width. */
    public RandomModels withoutDropout() {
        dropout = Dropout.of(0);
        return this;
    }

    int width() {
        return 1 + random.nextInt(widest);
    }

    /** A chain of fully connected layers and activations. */
    public Sequential chain() {
        var layers = new ArrayList<Layer>();
        int in = width();
        for (int depth = random.nextInt(5); depth > 0; depth--) {
            int out = width();
            layers.add(Linear.of(in, out));
            layers.add(activation());
            in = out;
        }
        layers.add(Linear.of(in, width()));
        return filled(Sequential.of(layers.toArray(Layer[]::new)));
    }

    /** Residual blocks, norms, branches and layers used twice as well. */
    public Sequential model() {
        var layers = new ArrayList<Layer>();
        int first = width();
        int width = first;
        for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
            width = block(layers, width);
        }
        layers.add(Linear.of(width, width()));
        return filled(Sequential.of(layers.toArray(Layer[]::new)));
    }

    private int block(List<Layer> layers, int in) {
        int out = width();
        switch (random.nextInt(10)) {
            case 0 -> layers.add(Residual.of(Sequential.of(Linear.of(in, out), activation(), Linear.of(out, in))));
            case 1 -> layers.add(
                    Residual.of(
                            Sequential.of(BatchNorm1d.of(in), activation(), Linear.of(in, out), Linear.of(out, in))));
            case 2 -> {
                var third = Sequential.of(Linear.of(in, 2), activation());
                layers.add(Concat.of(Sequential.of(), Linear.of(in, out), third));
                return in + out + 2;
            }
            case 3 -> {
                layers.add(Linear.of(in, out));
                layers.add(BatchNorm1d.of(out));
                layers.add(activation());
                return out;
            }
            case 4 -> {
                layers.add(Linear.of(in, out));
                layers.add(LayerNorm.of(out));
                return out;
            }
            case 5 -> {
                Layer shared = Linear.of(in, in);
                layers.addAll(List.of(shared, activation(), shared, activation()));
            }
            case 7 -> layers.add(Residual.of(Sequential.of(LayerNorm.of(in), Linear.of(in, out), Linear.of(out, in))));
            case 6 -> {
                var chosen = new int[out];
                Arrays.setAll(chosen, i -> random.nextInt(in));
                layers.add(FeatureSelect.of(in, chosen));
                return out;
            }
            default -> {
                layers.addAll(List.of(Linear.of(in, out), activation(), dropout));
                return out;
            }
        }
        return in;
    }

    private Layer activation() {
        return ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
    }

    private Sequential filled(Sequential model) {
        for (var parameter : model.parameters().values()) {
            boolean positive = parameter.name().equals("running_var");
            parameter.assign(normal(parameter.shape(), positive));
        }
        return model;
    }

    Tensor normal(Shape shape, boolean positive) {
        var values = new float[shape.size()];
        double scale = shape.rank() == 2 ? 1 / Math.sqrt(Math.max(1, shape.dim(1))) : 1;
        for (int i = 0; i < values.length; i++) {
            double value = scale * random.nextGaussian();
            values[i] = (float) (positive ? 0.1 + Math.abs(value) : value);
        }
        return Storage.adopt(shape, values);
    }

    public Tensor inputs(int rows, int width) {
        return normal(Shape.of(width, rows), false).times((float) Math.sqrt(rows)).reshape(rows, width);
    }

    /** Masks every trainable parameter in a way of its own: not, here and there, by rows, by columns, throughout. */
    public void mask(Layer model) {
        for (var parameter : model.parameters().values()) {
            if (parameter.isTrainable()) {
                mask(parameter);
            }
        }
    }

    private void mask(Parameter parameter) {
        var shape = parameter.shape();
        int columns = shape.rank() == 2 ? shape.dim(1) : 1;
        boolean[] rowKept = flags(shape.dim(0), 0.6);
        boolean[] columnKept = flags(columns, 0.6);
        boolean[] kept = flags(shape.size(), random.nextDouble());
        int way = random.nextInt(shape.rank() == 2 ? 16 : 30);
        var mask = Mask.of(shape, i -> switch (way) {
            case 0, 1, 2 -> kept[i];
            case 3, 4, 5 -> rowKept[i / columns];
            case 6, 7, 8 -> shape.rank() == 1 || columnKept[i % columns];
            case 9, 10 -> rowKept[i / columns] && columnKept[i % columns] && kept[i];
            case 11 -> false;
            default -> true;
        });
        parameter.assignMask(mask);
    }

    private boolean[] flags(int count, double probability) {
        var flags = new boolean[count];
        for (int i = 0; i < count; i++) {
            flags[i] = random.nextDouble() < probability;
        }
        return flags;
    }
}
