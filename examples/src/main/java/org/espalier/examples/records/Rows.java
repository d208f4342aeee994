package org.espalier.examples.records;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.compressed.Bfloat16Matrix;
import org.espalier.compressed.CodebookMatrix;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.compressed.Packing;
import org.espalier.examples.records.LeNet.Course;
import org.espalier.examples.records.Row.Unit;
import org.espalier.io.FormatException;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Parameter;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.prune.training.GradualPruning;
import org.espalier.prune.training.RigL;
import org.espalier.prune.training.SparseTraining;
import org.espalier.tensor.Tensor;

/**
 * The rows and their recipes. All numbers were chosen by validation: training on 50,000 of the training images, looking
 * at the other 10,000. The table's own runs train on all 60,000, with these numbers, and keep the model of the last
 * epoch.
 */
final class Rows {
    private static final long WEIGHTS = 266_200;
    private static final Packing HALVES = new Packing(Layout.ALL, Encoding.bfloat16());

    /** Dense training. */
    static final Course DENSE = new Course(30, 0.1f, 5e-4f, 0.1f, 0.1f, 0.1f);

    private static final Course MANY = new Course(30, 0.1f, 2e-4f, 0.1f, 0.15f, 0.1f);
    private static final Course SOME = new Course(30, 0.1f, 1e-4f, 0.1f, 0.15f, 0);
    private static final Course FEW = new Course(30, 0.1f, 1e-4f, 0.02f, 0.08f, 0);
    private static final Course FEWEST = new Course(40, 0.1f, 1e-4f, 0, 0.05f, 0);

    private Rows() {}

    static List<Row> all() {
        return List.of(
                new Row("dense", "dense", 1.34, "Dettmers and Zettlemoyer 2019", WEIGHTS, Unit.WEIGHTS, Row.DENSE, "",
                        (net, dense) -> ModelFile.of(dense)),
                sparse("keep-8", 8, 1.447, "Dettmers and Zettlemoyer 2019; Han et al. 2015: 1.59", MANY),
                sparse("keep-5", 5, 1.53, "Dettmers and Zettlemoyer 2019; Lee et al. 2019: 1.6", SOME),
                sparse("keep-2", 2, 1.99, "Dettmers and Zettlemoyer 2019; Lee et al. 2019: 2.4", FEW),
                sparse("keep-1.8", 1.8, 1.984, "Dettmers and Zettlemoyer 2019; Guo et al. 2016: 1.99", FEW),
                sparse("keep-1.5", 1.5, 1.90, "Molchanov et al. 2017: 1.92", FEWEST),
                sparse("keep-1", 1, 2.36, "Dettmers and Zettlemoyer 2019", FEWEST),
                new Row("dense-kernels", "pixels and neurons removed, dense kernels", 1.60, "Dai et al. 2018", 19_100,
                        Unit.FLOPS, Row.DENSE, "", (net, dense) -> structured(net, dense, 150, 50, 30, FEW)),
                new Row("structured-sparse", "weights removed and regrown, then dead pixels and neurons", 1.57,
                        "Evci et al. 2020, best epoch; last: 1.69", 6_200, Unit.FLOPS, Row.DENSE, "",
                        (net, dense) -> ModelFile.of(
                                Shrink.of(regrown(net, dense, 3_100.0 / WEIGHTS, FEWEST)).model())),
                packed("bytes-27k", 27_000, 1.58, "Han et al. 2016", 4.2, SOME, "gaps int8"),
                new Row("bytes-8.56k", "those of 1.5 %, of 16 or 32 values in each layer", 1.90, "Oktay et al. 2020",
                        8_560, Unit.BYTES, "keep-1.5", "", (net, sparse) -> within(8_560, sparse)));
    }

    private static Row sparse(String name, double percent, double bar, String source, Course course) {
        long kept = Math.round(percent / 100 * WEIGHTS);
        return new Row(name, percent + " % of the weights", bar, source, kept, Unit.WEIGHTS, Row.DENSE, "",
                (net, dense) -> ModelFile.of(pruned(net, dense, percent / 100, course)));
    }

    private static Layer pruned(LeNet net, Layer dense, double kept, Course course) {
        var model = Layers.copy(dense);
        net.train(model, gradual(kept), course, net.seed() + 100);
        return model;
    }

    /**
     * Pruned at a constant learning rate; while it falls in a second training, weights are dropped and others grown, as
     * in RigL, which keeps their number.
     */
    private static Layer regrown(LeNet net, Layer dense, double kept, Course course) {
        var model = Layers.copy(dense);
        net.train(model, gradual(kept), course.epochs(20).constant(0.05f), net.seed() + 100);
        net.train(model, new RigL(1 - kept, Allocation.global(), 0.2, 100, 0.75), course.epochs(30), net.seed() + 200);
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
                new Row("keep-2-regrown", "20 epochs of pruning, then 30 of RigL", Double.NaN, "",
                        Math.round(0.02 * WEIGHTS), Unit.WEIGHTS, Row.DENSE, "keep-2",
                        (net, dense) -> ModelFile.of(regrown(net, dense, 0.02, FEW))),
                new Row("keep-2-scratch", "not from a dense model but from its first values", Double.NaN, "",
                        Math.round(0.02 * WEIGHTS), Unit.WEIGHTS, Row.DENSE, "keep-2", (net, dense) -> {
                            var model = net.network();
                            net.train(model, method, FEW, net.seed() + 100);
                            return ModelFile.of(model);
                        }));
    }

    private static Row ablation(String name, String title, SparseTraining method, Course course) {
        return new Row("keep-2-" + name, title, Double.NaN, "", Math.round(0.02 * WEIGHTS), Unit.WEIGHTS, Row.DENSE,
                "keep-2",
                (net, dense) -> {
                    var model = Layers.copy(dense);
                    net.train(model, method, course, net.seed() + 100);
                    return ModelFile.of(model);
                });
    }

    private static Row packed(
            String name, long bytes, double bar, String source, double percent, Course course, String packing) {
        return new Row(name, percent + " % of the weights, " + packing, bar, source, bytes, Unit.BYTES, Row.DENSE, "",
                (net, dense) -> ModelFile.of(pruned(net, dense, percent / 100, course))
                        .packed(parse(packing), HALVES));
    }

    /** With 32 values in as many of the layers as fit, the first layers first, and 16 in the others. */
    private static ModelFile within(long bytes, Layer model) {
        ModelFile file = null;
        for (int fine = 3; fine >= 0 && (file == null || file.toBytes().length > bytes); fine--) {
            file = shared(model, fine > 0 ? 32 : 16, fine > 1 ? 32 : 16, fine > 2 ? 32 : 16);
        }
        return file;
    }

    /**
     * The weights of each matrix rounded to few values, which are bfloat16 numbers, and the biases to bfloat16; without
     * neurons that are dead. All pixels stay: a list of those that are read would take more bytes.
     *
     * @param sizes how many values the matrices have, in order
     */
    static ModelFile shared(Layer model, int... sizes) {
        var small = Shrink.keepingInputs(model).model();
        var weights = new LinkedHashMap<String, PackedWeight>();
        int matrix = 0;
        for (var parameter : small.parameters().entrySet()) {
            var value = parameter.getValue();
            weights.put(parameter.getKey(), value.shape().rank() == 2
                    ? shared(value, sizes[matrix++])
                    : PackedWeight.of(HALVES, value.value(), element -> true));
        }
        return ModelFile.of(small).packed(weights);
    }

    private static PackedWeight shared(Parameter weight, int size) {
        var nearest = CodebookMatrix.of(weight.value(), size);
        var values = Bfloat16Matrix.of(Tensor.matrix(nearest.values())).dequantize().toArray();
        var codes = new CodebookMatrix(nearest.rows(), nearest.columns(), nearest.codes(), values);
        return Stream.of(Layout.GAPS, Layout.BITMAP)
                .map(layout -> PackedWeight.of(layout, codes, weight.mask().orElseThrow()::keeps))
                .min(Comparator.comparingLong(PackedWeight::bytes))
                .orElseThrow();
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
}
