package org.espalier.bench.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Training;
import org.espalier.bench.task.Workload;

/**
 * Autograd on single numbers, as it is taught (in the manner of Karpathy's micrograd): every addition, multiplication,
 * ReLU, exponential and logarithm is a node with its operands and local derivatives, and the chain rule walks the
 * graph backwards. It shows what tensors are for, at the scale of a lesson.
 */
final class ScalarAutograd implements Peer {
    private static final int LARGEST = 1000;

    @Override
    public String name() {
        return "scalar-autograd";
    }

    @Override
    public String describe() {
        return "one graph node per number, double precision";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return task instanceof Training training && task.threads() == 1 && training.net().weights() <= LARGEST
                ? Optional.of(() -> new Steps(training))
                : Optional.empty();
    }

    /** A number, where it came from, and the derivative of the loss with respect to it. */
    private static final class Value {
        final double data;
        private final Value[] operands;
        private final double[] derivatives;
        double gradient;
        private boolean visited;

        Value(double data) {
            this(data, new Value[0]);
        }

        private Value(double data, Value[] operands, double... derivatives) {
            this.data = data;
            this.operands = operands;
            this.derivatives = derivatives;
        }

        Value plus(Value b) {
            return new Value(data + b.data, new Value[] {this, b}, 1, 1);
        }

        Value times(Value b) {
            return new Value(data * b.data, new Value[] {this, b}, b.data, data);
        }

        Value relu() {
            return new Value(Math.max(data, 0), new Value[] {this}, data > 0 ? 1 : 0);
        }

        Value exp() {
            double e = Math.exp(data);
            return new Value(e, new Value[] {this}, e);
        }

        Value log() {
            return new Value(Math.log(data), new Value[] {this}, 1 / data);
        }

        void backward() {
            var order = new ArrayList<Value>();
            collect(order);
            gradient = 1;
            for (var node : order.reversed()) {
                for (int i = 0; i < node.operands.length; i++) {
                    node.operands[i].gradient += node.gradient * node.derivatives[i];
                }
            }
        }

        /** Operands before what is made of them. The graphs of a lesson are shallow enough for recursion. */
        private void collect(List<Value> order) {
            if (!visited) {
                visited = true;
                for (var operand : operands) {
                    operand.collect(order);
                }
                order.add(this);
            }
        }
    }

    private static final class Steps implements Work {
        private final Training task;
        private final float[] x;
        private final int[] labels;
        /** Per layer, the weights and then the biases. */
        private final double[][] parameters;
        private final double[][] first;
        private final double[][] second;
        private int steps;
        private int next;

        Steps(Training task) {
            this.task = task;
            x = task.x();
            labels = task.labels();
            int layers = task.net().layers();
            parameters = new double[layers][];
            first = new double[layers][];
            second = new double[layers][];
            for (int l = 0; l < layers; l++) {
                var weight = task.net().weight(l);
                var bias = task.net().bias(l);
                parameters[l] = new double[weight.length + bias.length];
                for (int i = 0; i < parameters[l].length; i++) {
                    parameters[l][i] = i < weight.length ? weight[i] : bias[i - weight.length];
                }
                first[l] = new double[parameters[l].length];
                second[l] = new double[parameters[l].length];
            }
        }

        @Override
        public Double run() {
            var values = Arrays.stream(parameters)
                    .map(layer -> Arrays.stream(layer).mapToObj(Value::new).toArray(Value[]::new))
                    .toArray(Value[][]::new);
            var total = new Value(0);
            for (int b = 0; b < task.batch(); b++) {
                int sample = next * task.batch() + b;
                total = total.plus(loss(values, sample));
            }
            next = (next + 1) % task.batches();
            var mean = total.times(new Value(1.0 / task.batch()));
            mean.backward();
            steps++;
            for (int l = 0; l < values.length; l++) {
                adam(l, values[l]);
            }
            return mean.data;
        }

        private Value loss(Value[][] values, int sample) {
            Mlp net = task.net();
            var y = new Value[net.inputs()];
            for (int i = 0; i < y.length; i++) {
                y[i] = new Value(x[sample * y.length + i]);
            }
            for (int l = 0; l < net.layers(); l++) {
                var z = new Value[net.out(l)];
                for (int o = 0; o < z.length; o++) {
                    z[o] = values[l][z.length * y.length + o];
                    for (int i = 0; i < y.length; i++) {
                        z[o] = z[o].plus(values[l][o * y.length + i].times(y[i]));
                    }
                    if (l < net.layers() - 1) {
                        z[o] = z[o].relu();
                    }
                }
                y = z;
            }
            var sum = new Value(0);
            for (var logit : y) {
                sum = sum.plus(logit.exp());
            }
            return sum.log().plus(y[labels[sample]].times(new Value(-1)));
        }

        private void adam(int layer, Value[] values) {
            for (int i = 0; i < values.length; i++) {
                double g = values[i].gradient;
                first[layer][i] = 0.9 * first[layer][i] + 0.1 * g;
                second[layer][i] = 0.999 * second[layer][i] + 0.001 * g * g;
                double mean = first[layer][i] / (1 - Math.pow(0.9, steps));
                double square = second[layer][i] / (1 - Math.pow(0.999, steps));
                parameters[layer][i] -= Training.RATE * mean / (Math.sqrt(square) + 1e-8);
            }
        }

        @Override
        public float[] result() {
            var losses = new float[Training.CHECKED_STEPS];
            for (int i = 0; i < losses.length; i++) {
                losses[i] = run().floatValue();
            }
            return losses;
        }
    }
}
