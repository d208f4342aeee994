package org.espalier.nn;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** How the weights of a layer start: draws a weight [out, in] (further axes count as inputs). */
@FunctionalInterface
public interface Init {
    /** A random weight of this shape. */
    Tensor draw(Shape shape, Rng rng);

    /** Normal with variance 2 / in, for ReLU (He, Zhang, Ren and Sun 2015, arXiv 1502.01852). */
    static Init heNormal() {
        return (shape, rng) -> rng.normal(shape, (float) Math.sqrt(2.0 / fanIn(shape)));
    }

    /** Uniform in ±√(6 / in), the same variance as {@link #heNormal}. */
    static Init heUniform() {
        return (shape, rng) -> symmetric(shape, rng, Math.sqrt(6.0 / fanIn(shape)));
    }

    /** Normal with variance 2 / (in + out), for tanh and sigmoid (Glorot and Bengio, AISTATS 2010). */
    static Init xavierNormal() {
        return (shape, rng) -> rng.normal(shape, (float) Math.sqrt(2.0 / (fanIn(shape) + shape.dim(0))));
    }

    /** Uniform in ±√(6 / (in + out)), the same variance as {@link #xavierNormal}. */
    static Init xavierUniform() {
        return (shape, rng) -> symmetric(shape, rng, Math.sqrt(6.0 / (fanIn(shape) + shape.dim(0))));
    }

    /** Uniform in ±1 / √in: what PyTorch's Linear starts from. */
    static Init uniform() {
        return (shape, rng) -> symmetric(shape, rng, 1 / Math.sqrt(fanIn(shape)));
    }

    private static Tensor symmetric(Shape shape, Rng rng, double bound) {
        return rng.uniform(shape, (float) -bound, (float) bound);
    }

    private static int fanIn(Shape shape) {
        return Math.max(1, shape.size() / Math.max(1, shape.dim(0)));
    }
}
