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
                new Row("dense", "dense", 1.34, "Dettmers and Zettlemoyer 2019", WEIGHTS, Unit.WEIGHTS,
                        (net, dense) -> ModelFile.of(dense)),
                sparse("keep-8", 8, 1.447, "Dettmers and Zettlemoyer 2019; Han et al. 2015: 1.59", MANY),
                sparse("keep-5", 5, 1.53, "Dettmers and Zettlemoyer 2019; Lee et al. 2019: 1.6", SOME),
                sparse("keep-2", 2, 1.99, "Dettmers and Zettlemoyer 2019; Lee et al. 2019: 2.4", FEW),
                sparse("keep-1.8", 1.8, 1.984, "Dettmers and Zettlemoyer 2019; Guo et al. 2016: 1.99", FEW),
                sparse("keep-1.5", 1.5, 1.90, "Molchanov et al. 2017: 1.92", FEWEST),
                sparse("keep-1", 1, 2.36, "Dettmers and Zettlemoyer 2019", FEWEST),
                new Row("dense-kernels", "pixels and neurons removed, dense kernels", 1.60, "Dai et al. 2018", 19_100,
                        Unit.FLOPS, (net, dense) -> structured(net, dense, 150, 50, 30, FEW)),
                new Row("structured-sparse", "pixels and neurons removed, then weights", 1.57,
                        "Evci et al. 2020, best epoch; last: 1.69", 6_200, Unit.FLOPS,
                        (net, dense) -> thenSparse(net, dense, 3_100, FEWEST)),
                packed("bytes-27k", 27_000, 1.58, "Han et al. 2016", 4.2, SOME, "gaps int8"),
                packed("bytes-8.56k", 8_560, 1.90, "Oktay et al. 2020", 1.2, FEWEST, "gaps codebook5"));
    }

    private static Row sparse(String name, double percent, double bar, String source, Course course) {
        long kept = Math.round(percent / 100 * WEIGHTS);
        return new Row(name, percent + " % of the weights", bar, source, kept, Unit.WEIGHTS,
                (net, dense) -> ModelFile.of(pruned(net, dense, percent / 100, course)));
    }

    private static Layer pruned(LeNet net, Layer dense, double kept, Course course) {
        var model = Layers.copy(dense);
        net.prune(model, kept, Allocation.global(), 0.7, course, net.seed() + 100);
        return model;
    }

    private static Row packed(
            String name, long bytes, double bar, String source, double percent, Course course, String packing) {
        return new Row(name, percent + " % of the weights, " + packing, bar, source, bytes, Unit.BYTES,
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
        net.prune(small, kept, Allocation.global(), 0.7, course, net.seed() + 100);
        return ModelFile.of(small);
    }
}
