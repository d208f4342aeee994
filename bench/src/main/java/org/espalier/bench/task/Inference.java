package org.espalier.bench.task;

/**
 * The logits of a dense network for one batch.
 *
 * @param net the network, with its starting weights
 * @param batch samples
 * @param threads how many threads
 */
public record Inference(Mlp net, int batch, int threads) implements Workload {
    @Override
    public String name() {
        return "infer " + net + " b" + batch + Workload.suffix(threads);
    }

    @Override
    public Cost cost() {
        double activations = 0;
        for (int width : net.widths()) {
            activations += 4.0 * batch * width;
        }
        return Cost.of(2.0 * batch * net.weights(), 4.0 * net.weights() + activations);
    }

    /** The batch, [batch × inputs]. */
    public float[] x() {
        return BenchData.pixels(8, batch * net.inputs());
    }

    @Override
    public void verify(float[] logits) {
        ReferenceCheck.close(name(), logits, new ReferenceNet(net).forward(x(), batch), 1e-4);
    }
}
