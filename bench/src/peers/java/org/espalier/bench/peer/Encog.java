package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.encog.engine.network.activation.ActivationLinear;
import org.encog.engine.network.activation.ActivationReLU;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.layers.BasicLayer;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Workload;

/** Encog: a library of networks in pure Java and double precision, one row at a time. */
public final class Encog implements Peer {
    @Override
    public String name() {
        return "encog";
    }

    @Override
    public String describe() {
        return "Encog " + org.encog.Encog.VERSION + ", BasicNetwork, double precision";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return task instanceof Inference infer && infer.batch() == 1 && infer.threads() == 1 && !infer.net().isPruned()
                ? Optional.of(() -> row(infer))
                : Optional.empty();
    }

    private static Work row(Inference task) {
        var network = network(task.net());
        float[] x = task.x();
        var input = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            input[i] = x[i];
        }
        var output = new double[task.net().outputs()];
        var answer = new float[output.length];
        return Work.filling(answer, () -> {
            network.compute(input, output);
            for (int i = 0; i < output.length; i++) {
                answer[i] = (float) output[i];
            }
        });
    }

    private static BasicNetwork network(Mlp net) {
        var network = new BasicNetwork();
        network.addLayer(new BasicLayer(null, true, net.inputs()));
        for (int l = 0; l < net.layers(); l++) {
            boolean last = l == net.layers() - 1;
            network.addLayer(new BasicLayer(last ? new ActivationLinear() : new ActivationReLU(), !last, net.out(l)));
        }
        network.getStructure().finalizeStructure();
        for (int l = 0; l < net.layers(); l++) {
            float[] weight = net.weight(l);
            float[] bias = net.bias(l);
            for (int out = 0; out < net.out(l); out++) {
                for (int in = 0; in < net.in(l); in++) {
                    network.setWeight(l, in, out, weight[out * net.in(l) + in]);
                }
                network.setWeight(l, net.in(l), out, bias[out]);
            }
        }
        return network;
    }
}
