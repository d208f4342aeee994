package org.espalier.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The step of a layer that brings none of its own: runs its forward pass. The sample is a row of the inputs' numbers
 * one after another. Allocates the layer's tensors at each call.
 */
final class LayerStep implements Step {
    private final Layer layer;
    private final int[][] shapes;
    private final int in;
    private final int out;

    private LayerStep(Layer layer, int[][] shapes, int out) {
        this.layer = layer;
        this.shapes = shapes;
        int size = 0;
        for (int[] shape : shapes) {
            size += size(shape);
        }
        this.in = size;
        this.out = out;
    }

    /**
     * Adds a layer.
     *
     * @param shapes of a sample of each input
     * @throws IllegalArgumentException if the layer cannot compute samples of these shapes
     */
    static void add(Layer layer, Steps steps, int[]... shapes) {
        var one = new LayerStep(layer, shapes, 0);
        var y = one.run(new float[one.in], 0, 1);
        if (y.rank() == 0 || y.dim(0) != 1) {
            throw new ShapeException("inference: " + steps.path() + ", " + layer + ", makes " + y.shape()
                    + " of one row; it must keep rows along axis 0");
        }
        int[] shape = y.rank() == 1 ? new int[] {1} : Arrays.copyOfRange(y.shape().dims(), 1, y.rank());
        steps.samples(new LayerStep(layer, shapes, y.size()), shape);
    }

    @Override
    public int in() {
        return in;
    }

    @Override
    public int out() {
        return out;
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (var parameter : layer.parameters().values()) {
            bytes += 4L * parameter.size();
        }
        return bytes;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        var value = run(x, xo, rows);
        if (value.size() != rows * out) {
            throw new ShapeException("inference: " + layer + " makes " + value.shape() + " of " + rows
                    + " rows, but " + out + " numbers of one");
        }
        System.arraycopy(Storage.array(value), 0, y, yo, rows * out);
    }

    private Tensor run(float[] x, int xo, int rows) {
        var inputs = new ArrayList<Tensor>(shapes.length);
        int at = xo;
        for (int[] shape : shapes) {
            int width = size(shape);
            var elements = new float[rows * width];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(x, at + row * in, elements, row * width, width);
            }
            int[] dims = new int[shape.length + 1];
            dims[0] = rows;
            System.arraycopy(shape, 0, dims, 1, shape.length);
            inputs.add(Storage.adopt(Shape.of(dims), elements));
            at += width;
        }
        return NoGrad.call(() -> forward(inputs)).detach();
    }

    private Tensor forward(List<Tensor> inputs) {
        return layer instanceof Join join && inputs.size() > 1
                ? join.join(inputs, Mode.inference())
                : layer.forward(inputs.getFirst(), Mode.inference());
    }

    private static int size(int... shape) {
        return Shape.of(shape).size();
    }

    @Override
    public String toString() {
        return layer.toString();
    }
}
