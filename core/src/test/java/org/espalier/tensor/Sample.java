package org.espalier.tensor;

import java.util.Arrays;

/** An op and inputs to try it on. The values are exact floats. */
record Sample<O extends Op>(O op, Shape[] shapes, double[][] values) {

    Tensor input(int i) {
        return Tensor.of(shapes[i], Doubles.toFloats(values[i]));
    }

    Tensor[] inputs() {
        var tensors = new Tensor[shapes.length];
        Arrays.setAll(tensors, this::input);
        return tensors;
    }

    /** The inputs as transposes of stored tensors whose elements nobody has moved yet, where there are two axes. */
    Tensor[] lazyInputs() {
        var tensors = inputs();
        Arrays.setAll(tensors, i -> lazy(tensors[i]));
        return tensors;
    }

    /** The inputs, those to be differentiated as leaves. */
    Tensor[] leaves(OpCase<O> of) {
        var tensors = inputs();
        Arrays.setAll(tensors, i -> of.differentiates(i) ? tensors[i].withGrad() : tensors[i]);
        return tensors;
    }

    private static Tensor lazy(Tensor x) {
        if (x.rank() < 2) {
            return x;
        }
        var stored = Shape.of(swapped(x.shape().dims()));
        var moved = Index.fill(stored, index -> x.get(swapped(index)));
        return Tensor.of(stored, Doubles.toFloats(moved)).transpose();
    }

    private static int[] swapped(int... numbers) {
        var swapped = numbers.clone();
        swapped[numbers.length - 1] = numbers[numbers.length - 2];
        swapped[numbers.length - 2] = numbers[numbers.length - 1];
        return swapped;
    }

    @Override
    public String toString() {
        return op + " of " + Arrays.toString(shapes);
    }
}
