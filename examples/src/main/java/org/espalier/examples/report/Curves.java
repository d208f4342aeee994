package org.espalier.examples.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.metrics.Metric;
import org.espalier.tensor.Storage;

/** ROC and precision-recall curves. */
final class Curves {
    /** Points beyond this number are thinned out: more cannot be told apart on a screen. */
    private static final int MOST = 200;

    private Curves() {}

    /**
     * The curve of a model with one output, or two, for samples of two classes; empty for other models, and if a class
     * has no samples.
     */
    static Optional<RunRecord.Curve> of(String name, Layer model, Dataset samples) {
        var all = samples.all();
        float[] outputs = Storage.array(InferenceModel.of(model).predict(all.inputs()));
        float[] targets = Storage.array(all.targets());
        int width = outputs.length / targets.length;
        long positives = IntStream.range(0, targets.length).filter(i -> targets[i] > 0.5f).count();
        if (outputs.length % targets.length != 0 || width > 2 || positives == 0 || positives == targets.length) {
            return Optional.empty();
        }
        var scores = new double[targets.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = width == 1 ? outputs[i] : (double) outputs[2 * i + 1] - outputs[2 * i];
        }
        return Optional.of(new RunRecord.Curve(name, Metric.rocAuc().of(model, samples),
                Metric.averagePrecision().of(model, samples), thinned(points(scores, targets, positives))));
    }

    /** A point for each distinct score, from the highest down, after the corner where nothing is positive. */
    static List<RunRecord.CurvePoint> points(double[] scores, float[] targets, long positives) {
        var order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .toList();
        double negatives = scores.length - positives;
        var points = new ArrayList<RunRecord.CurvePoint>();
        points.add(new RunRecord.CurvePoint(0, 0, 1));
        double right = 0;
        double wrong = 0;
        for (int i = 0; i < order.size(); i++) {
            int at = order.get(i);
            right += targets[at] > 0.5f ? 1 : 0;
            wrong += targets[at] > 0.5f ? 0 : 1;
            if (i + 1 == order.size() || scores[order.get(i + 1)] != scores[at]) {
                points.add(new RunRecord.CurvePoint(wrong / negatives, right / positives, right / (right + wrong)));
            }
        }
        return points;
    }

    private static List<RunRecord.CurvePoint> thinned(List<RunRecord.CurvePoint> points) {
        if (points.size() <= MOST) {
            return points;
        }
        return IntStream.range(0, MOST)
                .mapToObj(i -> points.get((int) ((long) i * (points.size() - 1) / (MOST - 1))))
                .toList();
    }
}
