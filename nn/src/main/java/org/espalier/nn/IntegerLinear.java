package org.espalier.nn;

import java.util.List;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.io.FormatException;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.PackedMatrix;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A {@link Linear} for inference that quantizes its inputs and weights to 8-bit integers and multiplies these:
 * y = (Σ (qⱼ − z)·cⱼ + b)·(s·r), for codes q, zero point z and scale s of the inputs, codes c and scale r of the row,
 * and the bias b as an integer multiple of s·r. The output is float32.
 *
 * <p>The inputs' scale is fixed beforehand, or found for every sample from its least and largest input; then the
 * bias stays float32 and is added last. Either way a sample's result does not depend on the others of its batch.
 *
 * <p>Idea: sums of products of codes are integers; below 2²⁴ float32 holds these exactly, in any order of
 * summation. So the float product of the codes, over at most 1024 columns at a time, is the integer product, on the
 * same kernels.
 *
 * <p>The parameters are not trained; the weight holds the values of the codes, and may have a mask.
 * Source: Jacob et al. 2018, arXiv 1712.05877.
 */
public final class IntegerLinear implements Layer {
    /** The kind's name in model files. */
    public static final String KIND = "integer_linear";

    private static final int EXACT_COLUMNS = 1024;
    private static final int SHARE = 16;
    private static final long LARGEST_BIAS = 1 << 30;
    private static final String SCALE = "input_scale";
    private static final String ZERO_POINT = "input_zero_point";

    private final Parameter weight;
    private final Parameter bias;
    private final Parameter scale;
    private final int bits;
    private final Optional<ActivationScale> input;
    private volatile Arithmetic arithmetic;

    private IntegerLinear(List<Parameter> own, int bits, Optional<ActivationScale> input) {
        this.weight = own.get(0);
        this.bias = own.get(1);
        this.scale = own.get(2);
        this.bits = bits;
        this.input = input;
        QuantizedMatrix.largest(bits);
    }

    /**
     * A layer of given codes.
     *
     * @param bias [out]
     * @param input the scale of the inputs; empty to find one for every sample
     * @throws IllegalArgumentException if the bias is beyond 2³⁰ times the scales of input and row
     */
    public static IntegerLinear of(QuantizedMatrix weight, Tensor bias, Optional<ActivationScale> input) {
        return sharing(Parameter.buffer("weight", weight.dequantize()), weight, bias, input);
    }

    /**
     * A layer of given codes that shares its weight with other layers.
     *
     * @param weight a buffer of the values of the codes, [out, in]
     */
    public static IntegerLinear sharing(
            Parameter weight, QuantizedMatrix codes, Tensor bias, Optional<ActivationScale> input) {
        if (!bias.shape().equals(Shape.of(codes.rows()))) {
            throw new ShapeException("integer linear: needs bias [" + codes.rows() + "], not " + bias.shape());
        }
        var own = List.of(
                weight,
                Parameter.buffer("bias", bias),
                Parameter.buffer("weight_scale", Tensor.of(Shape.of(codes.rows()), codes.scales())));
        var layer = new IntegerLinear(own, codes.bits(), input);
        layer.biasCodes();
        return layer;
    }

    /**
     * The scales of the rows, raised where the bias would be beyond 2³⁰ of them; there the weights hardly matter.
     *
     * @param bias [out]
     */
    public static float[] scalesFor(QuantizedMatrix weight, Tensor bias, ActivationScale input) {
        float[] scales = weight.scales();
        for (int row = 0; row < scales.length; row++) {
            double size = Math.abs((double) Storage.array(bias)[row]);
            double step = size == 0 ? 0 : Math.max(2 * size / LARGEST_BIAS, 2 * Float.MIN_NORMAL);
            scales[row] = Math.max(scales[row], (float) (step / input.scale()));
        }
        return scales;
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (mode.isTraining()) {
            throw new IllegalStateException("integer linear: is for inference; train before quantizing");
        }
        if (x.rank() == 0 || x.dim(-1) != in()) {
            throw new ShapeException("integer linear: needs [..., " + in() + "], not " + x.shape());
        }
        int[] dims = x.shape().dims();
        dims[dims.length - 1] = out();
        var y = new float[Shape.of(dims).size()];
        int rows = out() == 0 ? 0 : y.length / out();
        var step = arithmetic();
        Parallelism.current().forRanges(rows, SHARE, (from, to) -> step.apply(
                Storage.array(x), from * in(), to - from, y, from * out(), new Workspace()));
        return Storage.adopt(Shape.of(dims), y);
    }

    @Override
    public void compile(Steps steps) {
        steps.rows(arithmetic());
    }

    private Arithmetic arithmetic() {
        var known = arithmetic;
        if (known == null || !known.isOf(this)) {
            known = new Arithmetic(this);
            arithmetic = known;
        }
        return known;
    }

    /** What the layer computes, for as long as its parameters have these values. */
    private static final class Arithmetic implements Step {
        private final Tensor weight;
        private final Tensor bias;
        private final Tensor scale;
        private final Optional<ActivationScale> input;
        private final QuantizedMatrix matrix;
        private final Kernels kernels = KernelChoice.current().dense();
        private final PackedMatrix[] blocks;
        private final long[] sums;
        private final long[] biasCodes;

        Arithmetic(IntegerLinear layer) {
            weight = layer.weight.value();
            bias = layer.bias.value();
            scale = layer.scale.value();
            input = layer.input;
            matrix = QuantizedMatrix.of(weight, layer.bits, scale.toArray());
            byte[] codes = matrix.codes();
            var elements = new float[codes.length];
            sums = new long[out()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = codes[i];
                sums[i / in()] += codes[i];
            }
            blocks = new PackedMatrix[Math.ceilDiv(in(), EXACT_COLUMNS)];
            for (int block = 0; block < blocks.length; block++) {
                int from = block * EXACT_COLUMNS;
                int columns = Math.min(EXACT_COLUMNS, in() - from);
                blocks[block] = kernels.pack(true, columns, out(), elements, from, in());
            }
            biasCodes = layer.biasCodes();
        }

        boolean isOf(IntegerLinear layer) {
            return weight == layer.weight.value() && bias == layer.bias.value() && scale == layer.scale.value();
        }

        @Override
        public int in() {
            return weight.dim(1);
        }

        @Override
        public int out() {
            return weight.dim(0);
        }

        @Override
        public long bytes() {
            return (long) in() * out() + 8L * out();
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            int in = in();
            int out = out();
            var codes = workspace.take(rows * in);
            var zeroPoints = workspace.take(rows);
            var steps = workspace.take(rows);
            for (int row = 0; row < rows; row++) {
                var from = input.isPresent() ? input.get() : rangeOf(x, xo + row * in, xo + (row + 1) * in);
                zeroPoints[row] = from.zeroPoint();
                steps[row] = from.scale();
                for (int i = 0; i < in; i++) {
                    codes[row * in + i] = from.code(x[xo + row * in + i]);
                }
            }
            var products = workspace.take(rows * out * blocks.length);
            for (int block = 0; block < blocks.length; block++) {
                kernels.gemmPacked(false, rows, codes, block * EXACT_COLUMNS, in, blocks[block], false, products,
                        block * rows * out, out);
            }
            float[] scales = Storage.array(scale);
            float[] added = Storage.array(bias);
            for (int row = 0; row < rows; row++) {
                for (int neuron = 0; neuron < out; neuron++) {
                    long sum = biasCodes[neuron] - (long) zeroPoints[row] * sums[neuron];
                    for (int block = 0; block < blocks.length; block++) {
                        sum += (long) products[(block * rows + row) * out + neuron];
                    }
                    float value = sum * (steps[row] * scales[neuron]);
                    y[yo + row * out + neuron] = input.isPresent() ? value : value + added[neuron];
                }
            }
            for (int i = 0; i < 4; i++) {
                workspace.release();
            }
        }

        private static ActivationScale rangeOf(float[] x, int from, int to) {
            float least = 0;
            float largest = 0;
            for (int i = from; i < to; i++) {
                least = Math.min(least, x[i]);
                largest = Math.max(largest, x[i]);
            }
            return ActivationScale.of(least, largest);
        }

        @Override
        public String toString() {
            return "integer(" + in() + " → " + out() + ")";
        }
    }

    /** The weight's codes and scales. */
    public QuantizedMatrix weightCodes() {
        return arithmetic().matrix;
    }

    /**
     * The bias as integer multiples of input scale times row scale.
     *
     * @throws IllegalArgumentException if one is beyond 2³⁰
     */
    public long[] biasCodes() {
        var whole = new long[out()];
        if (input.isPresent()) {
            float[] scales = Storage.array(scale.value());
            float[] values = Storage.array(bias.value());
            for (int row = 0; row < whole.length; row++) {
                float step = input.get().scale() * scales[row];
                double code = values[row] == 0 ? 0 : Math.rint((double) values[row] / step);
                if (!(Math.abs(code) <= LARGEST_BIAS)) {
                    throw new IllegalArgumentException("integer linear: bias " + row + " is " + values[row]
                            + ", beyond 2^30 steps of " + step + "; raise the scale of the row");
                }
                whole[row] = (long) code;
            }
        }
        return whole;
    }

    /** The scale of the inputs; empty if each sample has its own. */
    public Optional<ActivationScale> input() {
        return input;
    }

    /** The values of the weight's codes, [out, in]. */
    public Parameter weight() {
        return weight;
    }

    /** The bias, [out]. */
    public Parameter bias() {
        return bias;
    }

    /** The bits of a weight's code. */
    public int bits() {
        return bits;
    }

    /** How many inputs there are. */
    @Override
    public int in() {
        return weight.shape().dim(1);
    }

    /** How many neurons there are. */
    public int out() {
        return weight.shape().dim(0);
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight, bias, scale);
    }

    @Override
    public int out(int in) {
        return out();
    }

    @Override
    public LayerConfig config() {
        return config(in(), out(), bits, input);
    }

    /** What {@link #config} gives for a layer of these sizes. */
    public static LayerConfig config(int in, int out, int bits, Optional<ActivationScale> input) {
        var config = LayerConfig.of(KIND).with("in", in).with("out", out).with("bits", bits);
        return input.isEmpty()
                ? config
                : config.with(SCALE, input.get().scale()).with(ZERO_POINT, input.get().zeroPoint());
    }

    static IntegerLinear build(Blueprint plan) throws FormatException {
        int out = plan.size("out");
        var own = List.of(
                plan.buffer("weight", out, plan.size("in")),
                plan.buffer("bias", out),
                plan.buffer("weight_scale", out));
        Optional<ActivationScale> input = Optional.empty();
        if (plan.attributes().has(SCALE)) {
            input = Optional.of(new ActivationScale(plan.number(SCALE), (int) plan.number(ZERO_POINT)));
        }
        var layer = new IntegerLinear(own, plan.size("bits"), input);
        layer.weightCodes();
        layer.biasCodes();
        return layer;
    }

    /** For example {@code IntegerLinear(784 → 300, int8)}. */
    @Override
    public String toString() {
        return "IntegerLinear(" + in() + " → " + out() + ", int" + bits + ")";
    }
}
