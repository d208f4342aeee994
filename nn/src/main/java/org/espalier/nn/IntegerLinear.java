package org.espalier.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.io.FormatException;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A {@link Linear} for inference that rounds its inputs and weights to whole numbers of 8 bits and multiplies these:
 * y = (Σ (qⱼ − z)·cⱼ + b)·(s·r), for codes q, zero point z and scale s of the inputs, codes c and scale r of the row,
 * and the bias b as a whole number of s·r. What comes out is float32.
 *
 * <p>The inputs' scale is fixed beforehand, or found anew for every sample from its least and largest input; then the
 * bias stays float32 and is added last. Either way a sample's result does not depend on the others of its batch.
 *
 * <p>Idea: sums of products of codes are whole numbers; below 2²⁴ float32 holds these exactly, in any order of
 * summation. So the float product of the codes, over at most 1024 columns at a time, is the integer product, on the
 * same kernels.
 *
 * <p>The parameters are not trained; the weight holds the numbers that the codes stand for, and may have a mask.
 * Source: Jacob et al. 2018, arXiv 1712.05877.
 */
public final class IntegerLinear implements Layer {
    /** The kind's name in model files. */
    public static final String KIND = "integer_linear";

    private static final int EXACT_COLUMNS = 1024;
    private static final long LARGEST_BIAS = 1 << 30;
    private static final String SCALE = "input_scale";
    private static final String ZERO_POINT = "input_zero_point";

    /** What follows from the parameters, for as long as they are these. */
    private record Codes(Tensor of, Tensor bias, Tensor scale, QuantizedMatrix matrix, Tensor[] blocks, long[] sums) {}

    private final Parameter weight;
    private final Parameter bias;
    private final Parameter scale;
    private final int bits;
    private final Optional<ActivationScale> input;
    private volatile Codes codes;

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
        if (!bias.shape().equals(Shape.of(weight.rows()))) {
            throw new ShapeException("integer linear: needs bias [" + weight.rows() + "], not " + bias.shape());
        }
        var own = List.of(
                Parameter.buffer("weight", weight.dequantize()),
                Parameter.buffer("bias", bias),
                Parameter.buffer("weight_scale", Tensor.of(Shape.of(weight.rows()), weight.scales())));
        var layer = new IntegerLinear(own, weight.bits(), input);
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
        NoGrad.run(() -> compute(Storage.array(x), y));
        return Storage.adopt(Shape.of(dims), y);
    }

    private void compute(float[] x, float[] y) {
        if (y.length == 0) {
            return;
        }
        var known = codes();
        int in = in();
        int out = out();
        int rows = y.length / out;
        var inputs = new ActivationScale[rows];
        var rounded = new float[x.length];
        for (int row = 0; row < rows; row++) {
            inputs[row] = input.isPresent() ? input.get() : rangeOf(x, row * in, (row + 1) * in);
            for (int i = row * in; i < (row + 1) * in; i++) {
                rounded[i] = inputs[row].code(x[i]);
            }
        }
        double[] products = products(Storage.adopt(Shape.of(rows, in), rounded), known);
        float[] scales = Storage.array(known.scale);
        long[] whole = input.isPresent() ? biasCodes() : new long[out];
        for (int i = 0; i < y.length; i++) {
            int neuron = i % out;
            var from = inputs[i / out];
            long sum = (long) products[i] - from.zeroPoint() * known.sums[neuron] + whole[neuron];
            y[i] = sum * (from.scale() * scales[neuron]);
            if (input.isEmpty()) {
                y[i] += Storage.array(known.bias)[neuron];
            }
        }
    }

    private double[] products(Tensor rounded, Codes known) {
        var none = Tensor.zeros(Shape.of(out()));
        var sums = new double[rounded.dim(0) * out()];
        for (int block = 0; block < known.blocks.length; block++) {
            var part = known.blocks.length == 1 ? rounded : slice(rounded, block);
            float[] products = Storage.array(part.linear(known.blocks[block], none));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += products[i];
            }
        }
        return sums;
    }

    private static Tensor slice(Tensor matrix, int block) {
        int from = block * EXACT_COLUMNS;
        return matrix.slice(1, from, Math.min(matrix.dim(1), from + EXACT_COLUMNS));
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

    private Codes codes() {
        var known = codes;
        var value = weight.value();
        if (known == null || known.of != value || known.bias != bias.value() || known.scale != scale.value()) {
            float[] scales = scale.value().toArray();
            var matrix = QuantizedMatrix.of(value, bits, scales);
            var elements = new float[value.size()];
            var sums = new long[out()];
            byte[] all = matrix.codes();
            for (int i = 0; i < elements.length; i++) {
                elements[i] = all[i];
                sums[i / in()] += all[i];
            }
            var blocks = new Tensor[Math.max(1, Math.ceilDiv(in(), EXACT_COLUMNS))];
            var dense = Storage.adopt(value.shape(), elements);
            Arrays.setAll(blocks, i -> blocks.length == 1 ? dense : slice(dense, i));
            known = new Codes(value, bias.value(), scale.value(), matrix, blocks, sums);
            codes = known;
        }
        return known;
    }

    /** The weight's codes and scales. */
    public QuantizedMatrix weightCodes() {
        return codes().matrix;
    }

    /**
     * The bias as whole numbers of input scale times row scale.
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

    /** The numbers that the weight's codes stand for, [out, in]. */
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
