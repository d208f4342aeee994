package org.espalier.nn.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.Softmax;
import org.espalier.tensor.ShapeException;

/**
 * Turns a folded model into steps, checking that each layer gets rows of the width it takes. Here and in all that
 * loads a model, {@code instanceof} and loops stand for switches over types, lambdas and streams: those are made at run
 * time, and a program that starts would wait for them.
 */
final class Compiler {
    private static final int UNKNOWN = -1;

    private final LinearFormat format;

    private Compiler(LinearFormat format) {
        this.format = format;
    }

    static Step compile(Layer model, LinearFormat format) {
        int in = width(model);
        if (in == UNKNOWN) {
            throw new IllegalArgumentException("inference: no layer of " + model + " says how wide an input row is");
        }
        return new Compiler(format).step("model", model, in);
    }

    /** How wide an input row a layer takes; unknown if any. */
    private static int width(Layer layer) {
        if (layer instanceof Linear linear) {
            return linear.in();
        }
        if (layer instanceof FeatureSelect select) {
            return select.in();
        }
        if (layer instanceof LayerNorm norm) {
            return norm.features();
        }
        if (layer instanceof BatchNorm1d norm) {
            return norm.features();
        }
        // activations take any width and keep it, so the next layer of a chain may tell
        int found = UNKNOWN;
        for (var child : layer.children().values()) {
            found = found == UNKNOWN ? width(child) : found;
        }
        return found;
    }

    private Step step(String path, Layer layer, int in) {
        var step = uncheckedStep(path, layer, in);
        if (step.in() != in) {
            throw new ShapeException("inference: " + path + " takes rows of " + step.in() + " but is given " + in);
        }
        return step;
    }

    private Step uncheckedStep(String path, Layer layer, int in) {
        if (layer instanceof Sequential chain) {
            return Chain.of(in, steps(path, chain, in));
        }
        if (layer instanceof Linear linear) {
            return linear(path, linear, Optional.empty());
        }
        if (layer instanceof Activation activation) {
            return new ActivationStep(activation, in);
        }
        if (layer instanceof LayerNorm norm) {
            return new LayerNormStep(norm);
        }
        if (layer instanceof BatchNorm1d norm) {
            return new BatchNormStep(norm);
        }
        if (layer instanceof FeatureSelect select) {
            return new SelectStep(select.in(), select.indices());
        }
        if (layer instanceof Residual residual) {
            return residual(path, residual, in);
        }
        if (layer instanceof Concat concat) {
            var branches = new ArrayList<Step>();
            for (var branch : concat.children().entrySet()) {
                branches.add(step(join(path, branch), branch.getValue(), in));
            }
            return new ConcatStep(branches);
        }
        throw new IllegalArgumentException(
                "inference: " + path + " is a layer that is not supported: " + layer);
    }

    private Step residual(String path, Residual residual, int in) {
        var body = step(path + ".body", residual.body(), in);
        if (body.out() != in) {
            throw new ShapeException("inference: " + path + " adds rows of " + body.out() + " to rows of " + in);
        }
        return new ResidualStep(body);
    }

    private List<Step> steps(String path, Sequential chain, int in) {
        var layers = List.copyOf(chain.children().entrySet());
        var steps = new ArrayList<Step>();
        int width = in;
        for (int i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            var name = join(path, layer);
            if (layer.getValue() instanceof Linear linear
                    && linear.in() == width
                    && i + 1 < layers.size()
                    && layers.get(i + 1).getValue() instanceof Activation activation
                    && !(activation instanceof Softmax)) {
                steps.add(linear(name, linear, Optional.of(activation)));
                i++;
            } else {
                steps.add(step(name, layer.getValue(), width));
            }
            width = steps.getLast().out();
        }
        return steps;
    }

    private Step linear(String name, Linear linear, Optional<Activation> activation) {
        return format.step(new LinearFormat.Weights(
                name, linear.weight().value().detach(), linear.bias().value().detach(), activation));
    }

    private static String join(String path, Map.Entry<String, Layer> child) {
        return path.equals("model") ? child.getKey() : path + "." + child.getKey();
    }
}
