package org.espalier.nn.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** A second reader of ONNX for the tests: shares no code with the library and computes one row in double precision. */
final class TinyOnnx {
    /** A message: for each field number its values, a Long, a Float or bytes. */
    private static final class Message extends TreeMap<Integer, List<Object>> {
        private static final long serialVersionUID = 1L;

        Message(byte[] bytes) {
            var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                long key = varint(in);
                Object value = switch ((int) key & 7) {
                    case 0 -> varint(in);
                    case 5 -> in.getFloat();
                    default -> {
                        var inner = new byte[(int) varint(in)];
                        in.get(inner);
                        yield inner;
                    }
                };
                computeIfAbsent((int) (key >>> 3), field -> new ArrayList<>()).add(value);
            }
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0;; shift += 7) {
                byte next = in.get();
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        List<Object> all(int field) {
            return getOrDefault(field, List.of());
        }

        List<Message> messages(int field) {
            return all(field).stream().map(bytes -> new Message((byte[]) bytes)).toList();
        }

        Message message(int field) {
            return messages(field).getFirst();
        }

        List<String> texts(int field) {
            return all(field).stream().map(bytes -> new String((byte[]) bytes, StandardCharsets.UTF_8)).toList();
        }

        long number(int field) {
            return (Long) all(field).getFirst();
        }
    }

    private final Message model;
    private final Message graph;
    private final Map<String, double[]> constants = new HashMap<>();

    TinyOnnx(byte[] file) {
        model = new Message(file);
        graph = model.message(7);
        for (var tensor : graph.messages(5)) {
            var raw = ByteBuffer.wrap((byte[]) tensor.all(9).getFirst()).order(ByteOrder.LITTLE_ENDIAN);
            var elements = new ArrayList<Double>();
            while (raw.hasRemaining()) {
                elements.add(element((int) tensor.number(2), raw));
            }
            constants.put(
                    tensor.texts(8).getFirst(),
                    elements.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    private static double element(int type, ByteBuffer raw) {
        return switch (type) {
            case 1 -> raw.getFloat();
            case 3 -> raw.get();
            case 6 -> raw.getInt();
            case 7 -> raw.getLong();
            default -> throw new IllegalArgumentException("no type " + type);
        };
    }

    long irVersion() {
        return model.number(1);
    }

    long opset() {
        return model.message(8).number(2);
    }

    Map<String, String> metadata() {
        var strings = new TreeMap<String, String>();
        model.messages(14).forEach(entry -> strings.put(entry.texts(1).getFirst(), entry.texts(2).getFirst()));
        return strings;
    }

    List<String> constants() {
        return graph.messages(5).stream().map(tensor -> tensor.texts(8).getFirst()).toList();
    }

    List<String> operators() {
        return graph.messages(1).stream().map(node -> node.texts(4).getFirst()).toList();
    }

    List<String> nodeNames() {
        return graph.messages(1).stream().map(node -> node.texts(3).getFirst()).toList();
    }

    double[] output(float... row) {
        var values = new HashMap<>(constants);
        var input = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            input[i] = row[i];
        }
        values.put(graph.message(11).texts(1).getFirst(), input);
        for (var node : graph.messages(1)) {
            var inputs = node.texts(1).stream().map(values::get).toArray(double[][]::new);
            values.put(node.texts(2).getFirst(), node(node, inputs));
        }
        return values.get(graph.message(12).texts(1).getFirst());
    }

    private static double attribute(Message node, String name) {
        for (var attribute : node.messages(5)) {
            if (attribute.texts(1).getFirst().equals(name)) {
                return ((Number) attribute.all(attribute.number(20) == 1 ? 2 : 3).getFirst()).doubleValue();
            }
        }
        throw new IllegalArgumentException("no attribute " + name);
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    private double[] node(Message node, double[]... in) {
        var x = in[0];
        return switch (node.texts(4).getFirst()) {
            case "Gemm" -> gemm((int) attribute(node, "transB"), x, in[1], in[2]);
            case "Identity" -> x;
            case "Flatten" -> x;
            case "Relu" -> map(x, v -> Math.max(v, 0));
            case "LeakyRelu" -> map(x, v -> v > 0 ? v : attribute(node, "alpha") * v);
            case "Tanh" -> map(x, Math::tanh);
            case "Sigmoid" -> map(x, v -> 1 / (1 + Math.exp(-v)));
            case "Softplus" -> map(x, v -> Math.log1p(Math.exp(v)));
            case "Erf" -> map(x, TinyOnnx::erf);
            case "Softmax" -> softmax(x);
            case "Mul" -> pairs(x, in[1], (a, b) -> a * b);
            case "Add" -> pairs(x, in[1], Double::sum);
            case "BatchNormalization" -> affine(x, in[1], in[2], in[3], in[4], attribute(node, "epsilon"));
            case "LayerNormalization" -> layerNorm(x, in[1], in[2], attribute(node, "epsilon"));
            case "QuantizeLinear" -> map(x, v -> Math.clamp(Math.rint(v / in[1][0]) + in[2][0], -128, 127));
            case "DequantizeLinear" -> dequantize(x, in[1], in.length == 3 ? in[2] : new double[in[1].length]);
            case "Gather" -> map(in[1], index -> x[(int) index]);
            case "Concat" -> Arrays.stream(in).flatMapToDouble(Arrays::stream).toArray();
            default -> throw new IllegalArgumentException(node.texts(4).getFirst());
        };
    }

    private static double[] gemm(int transposed, double[] x, double[] weight, double[] bias) {
        if (transposed != 1 || weight.length != x.length * bias.length) {
            throw new IllegalArgumentException("no Gemm of " + x.length + " inputs");
        }
        var y = bias.clone();
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < x.length; k++) {
                y[i] += weight[i * x.length + k] * x[k];
            }
        }
        return y;
    }

    /** As many rows as there are scales. */
    private static double[] dequantize(double[] codes, double[] scales, double[] zeros) {
        var y = codes.clone();
        for (int i = 0; i < y.length; i++) {
            int row = i / (y.length / scales.length);
            y[i] = (codes[i] - zeros[row]) * scales[row];
        }
        return y;
    }

    private static double[] pairs(double[] a, double[] b, DoubleBinaryOperator f) {
        var y = a.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] = f.applyAsDouble(a[i], b.length == 1 ? b[0] : b[i]);
        }
        return y;
    }

    /** erf as the series of all-positive terms 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 400; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return Math.abs(x) > 6 ? Math.signum(x) : 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double[] softmax(double[] x) {
        var powers = map(x, Math::exp);
        double sum = Arrays.stream(powers).sum();
        return map(powers, power -> power / sum);
    }

    private static double[] affine(double[] x, double[] w, double[] b, double[] mean, double[] var, double epsilon) {
        var y = x.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] = (x[i] - mean[i % mean.length]) / Math.sqrt(var[i % var.length] + epsilon) * w[i] + b[i];
        }
        return y;
    }

    private static double[] layerNorm(double[] x, double[] w, double[] b, double epsilon) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        return affine(x, w, b, new double[] {mean}, new double[] {variance}, epsilon);
    }
}
