package org.espalier.bench.task;

import java.util.Arrays;

/**
 * One training step: forward, cross-entropy averaged over the batch, backward, Adam with rate 1e-3, betas 0.9 and 0.999
 * and epsilon 1e-8. Pruned weights stay zero. Steps go through {@link #samples} samples in order, again and again.
 *
 * @param net the network, with its starting weights
 * @param batch samples in a step
 * @param threads how many threads
 * @param epoch samples of the epoch that times are quoted for
 */
public record Training(Mlp net, int batch, int threads, int epoch) implements Workload {
    /** As many samples as MNIST has. */
    public static final int MNIST = 60_000;

    /** As many samples as CIFAR-10 has. */
    public static final int CIFAR = 50_000;

    /** Adam's rate. */
    public static final float RATE = 1e-3f;

    /** Steps that are checked before anything is timed. */
    public static final int CHECKED_STEPS = 3;

    /** How far a loss may be from the reference, relative to it. */
    private static final double TOLERANCE = 1e-3;

    /** Numbers in all inputs together: 48 MB. */
    private static final int NUMBERS = 12_000_000;

    @Override
    public String name() {
        return "train " + net + " b" + batch + Workload.suffix(threads);
    }

    /** Forward, weight gradients, input gradients of all layers but the first; each weight with its state once. */
    @Override
    public Cost cost() {
        double products = 3.0 * net.weights() - net.weights(0);
        return new Cost(2.0 * batch * products, 28.0 * net.weights(), 16.0 * net.weights());
    }

    /** Different batches; together larger than the caches where the network has real inputs. */
    public int batches() {
        return Math.max(CHECKED_STEPS, Math.min(15_000, NUMBERS / net.inputs()) / batch);
    }

    /** Different samples. */
    public int samples() {
        return batches() * batch;
    }

    /** Steps in an epoch. */
    public int stepsPerEpoch() {
        return Math.ceilDiv(epoch, batch);
    }

    /** The samples, [samples × inputs]. */
    public float[] x() {
        return BenchData.pixels(9, samples() * net.inputs());
    }

    /** The inputs of one batch, cut out of {@link #x}. */
    public float[] batch(float[] x, int index) {
        int size = batch * net.inputs();
        return Arrays.copyOfRange(x, index * size, (index + 1) * size);
    }

    /** The class of each sample. */
    public int[] labels() {
        return BenchData.labels(10, samples(), net.outputs());
    }

    /** Checks the losses before the first, second and third step. */
    @Override
    public void verify(float[] losses) {
        var reference = new ReferenceNet(net);
        var x = x();
        var labels = labels();
        var relative = new float[losses.length];
        for (int step = 0; step < losses.length; step++) {
            double expected = reference.step(
                    batch(x, step), Arrays.copyOfRange(labels, step * batch, (step + 1) * batch));
            relative[step] = (float) (losses[step] / expected);
        }
        var ones = new double[CHECKED_STEPS];
        Arrays.fill(ones, 1);
        ReferenceCheck.close(name() + ", loss relative to the reference", relative, ones, TOLERANCE);
    }
}
