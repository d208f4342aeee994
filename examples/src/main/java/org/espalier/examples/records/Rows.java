package org.espalier.examples.records;

import java.util.List;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.examples.records.LeNet.Course;
import org.espalier.examples.records.Row.Unit;
import org.espalier.io.FormatException;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.prune.training.GradualPruning;
import org.espalier.prune.training.RigL;
import org.espalier.prune.training.SparseTraining;

/**
 * The rows and their recipes. All numbers were chosen by validation: training on 50,000 of the training images, looking
 * at the other 10,000. The table's own runs train on all 60,000, with these numbers, and keep the model of the last
 * epoch.
 */
final class Rows {
    private static final long WEIGHTS = 266_200;

    /** Dense training. */
    static final Course DENSE = new Course(30, 0.1f, 5e-4f, 0.1f, 0.1f, 0.1f);

    private static final Course MANY = new Course(30, 0.1f, 2e-4f, 0.1f, 0.15f, 0.1f);
    private static final Course SOME = new Course(30, 0.1f, 1e-4f, 0.1f, 0.15f, 0);
    private static final Course FEW = new Course(30, 0.1f, 1e-4f, 0.02f, 0.08f, 0);
    private static final Course FEWEST = new Course(40, 0.1f, 1e-4f, 0, 0.05f, 0);

    private Rows() {}

    static List<Row> all() {
        return List.of(
                new Row("dense", "dense", 1.34, "Dettmers and Zettlemoyer 2019", WEIGHTS, Unit.WEIGHTS, "",
                        (net, dense) -> ModelFile.of(dense)),
                sparse("keep-8", 8, 1.447, "Dettmers and Zettlemoyer 2019; Han et al. 2015: 1.59", MANY),
                sparse("keep-5", 5, 1.53, "Dettmers and Zettlemoyer 2019; Lee et al. 2019: 1.6", SOME),
                sparse("keep-2", 2, 1.99, "Dettmers and Zettlemoyer 2019; Lee et al. 2019: 2.4", FEW),
                sparse("keep-1.8", 1.8, 1.984, "Dettmers and Zettlemoyer 2019; Guo et al. 2016: 1.99", FEW),
                sparse("keep-1.5", 1.5, 1.90, "Molchanov et al. 2017: 1.92", FEWEST),
                sparse("keep-1", 1, 2.36, "Dettmers and Zettlemoyer 2019", FEWEST),
                new Row("dense-kernels", "pixels and neurons removed, dense kernels", 1.60, "Dai et al. 2018", 19_100,
                        Unit.FLOPS, "", (net, dense) -> structured(net, dense, 150, 50, 30, FEW)),
                new Row("structured-sparse", "pixels and neurons removed, then weights", 1.57,
                        "Evci et al. 2020, best epoch; last: 1.69", 6_200, Unit.FLOPS, "",
                        (net, dense) -> thenSparse(net, dense, 3_100, FEWEST)),
                packed("bytes-27k", 27_000, 1.58, "Han et al. 2016", 4.2, SOME, "gaps int8"),
                packed("bytes-8.56k", 8_560, 1.90, "Oktay et al. 2020", 1.2, FEWEST, "gaps codebook5"));
    }

    private static Row sparse(String name, double percent, double bar, String source, Course course) {
        long kept = Math.round(percent / 100 * WEIGHTS);
        return new Row(name, percent + " % of the weights", bar, source, kept, Unit.WEIGHTS, "",
                (net, dense) -> ModelFile.of(pruned(net, dense, percent / 100, course)));
    }

    private static Layer pruned(LeNet net, Layer dense, double kept, Course course) {
        var model = Layers.copy(dense);
        net.train(model, gradual(kept), course, net.seed() + 100);
        return model;
    }

    private static GradualPruning gradual(double kept) {
        return new GradualPruning(1 - kept, Allocation.global(), SparsitySchedule.cubic(60), 0, 0.7);
    }

    /** Recipes that differ from that of 2 % in one thing; none was used to choose anything. */
    static List<Row> ablations() {
        var method = gradual(0.02);
        return List.of(
                ablation("no-input-dropout", "no dropout of pixels", method, FEW.dropout(0, 0)),
                ablation("no-smoothing", "no label smoothing", method, FEW.smoothing(0)),
                ablation("smoothing", "label smoothing 0.1", method, FEW.smoothing(0.1f)),
                ablation("decay", "weight decay 0.0005", method, FEW.decay(5e-4f)),
                ablation("hidden-dropout", "dropout of 0.1 behind hidden layers too", method, FEW.dropout(0.08f, 0.1f)),
                ablation("lamp", "spread by LAMP",
                        new GradualPruning(0.98, Allocation.lamp(), SparsitySchedule.cubic(60), 0, 0.7), FEW),
                ablation("erk", "spread by ERK",
                        new GradualPruning(0.98, Allocation.erk(), SparsitySchedule.cubic(60), 0, 0.7), FEW),
                ablation("one-shot", "all at once, before retraining",
                        new GradualPruning(0.98, Allocation.global(), SparsitySchedule.oneShot(), 0, 0), FEW),
                ablation("half", "half the epochs", method, FEW.epochs(15)),
                ablation("rigl", "RigL on the dense model", RigL.sparsity(0.98), FEW),
                new Row("keep-2-scratch", "not from a dense model but from its first values", Double.NaN, "",
                        Math.round(0.02 * WEIGHTS), Unit.WEIGHTS, "keep-2", (net, dense) -> {
                            var model = net.network();
                            net.train(model, method, FEW, net.seed() + 100);
                            return ModelFile.of(model);
                        }));
    }

    private static Row ablation(String name, String title, SparseTraining method, Course course) {
        return new Row("keep-2-" + name, title, Double.NaN, "", Math.round(0.02 * WEIGHTS), Unit.WEIGHTS, "keep-2",
                (net, dense) -> {
                    var model = Layers.copy(dense);
                    net.train(model, method, course, net.seed() + 100);
                    return ModelFile.of(model);
                });
    }

    private static Row packed(
            String name, long bytes, double bar, String source, double percent, Course course, String packing) {
        return new Row(name, percent + " % of the weights, " + packing, bar, source, bytes, Unit.BYTES, "",
                (net, dense) -> ModelFile.of(pruned(net, dense, percent / 100, course))
                        .packed(parse(packing), new Packing(Layout.ALL, Encoding.bfloat16())));
    }

    private static Packing parse(String packing) {
        try {
            return Packing.parse(packing);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ModelFile structured(LeNet net, Layer dense, int inputs, int first, int second, Course course) {
        var small = net.shrink(dense, new int[] {inputs, first, second}, 8, course, net.seed() * 1000);
        net.train(small, course, net.seed() + 100);
        return ModelFile.of(small);
    }

    private static ModelFile thenSparse(LeNet net, Layer dense, int weights, Course course) {
        var small = net.shrink(dense, new int[] {350, 62, 50}, 8, course, net.seed() * 1000);
        double kept = (double) weights / ModelCost.of(small).total().weights();
        net.train(small, gradual(kept), course, net.seed() + 100);
        return ModelFile.of(small);
    }
}
