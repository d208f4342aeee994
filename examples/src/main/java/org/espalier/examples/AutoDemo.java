package org.espalier.examples;

import java.io.IOException;
import java.util.List;
import org.espalier.nn.Init;
import org.espalier.nn.table.Preprocessing;
import org.espalier.prune.search.AutoPrune;
import org.espalier.prune.search.SearchReport;
import org.espalier.prune.sparsity.Resource;

/**
 * One button: for three tables, the smallest file of a 64-32 network that loses no more than 0.02 of its metric, tested
 * on fresh seeds and on rows that nothing was chosen by. Prints the reports.
 */
final class AutoDemo {
    private static final double TOLERANCE = 0.02;

    void main(String... args) throws IOException {
        var names = args.length > 0 ? List.of(args) : List.of("digits", "breast_cancer", "credit");
        for (var task : TableTask.all()) {
            if (names.contains(task.name())) {
                IO.println("## " + task.name() + "\n\n```\n" + search(task).toTable() + "```\n");
            }
        }
    }

    /** A fifth of the rows that are not for the test chooses. */
    private static SearchReport search(TableTask task) throws IOException {
        var parts = TableTask.split(task.name(), task.table(), 0);
        var own = parts.train().split(0.8, 1);
        var train = own.train();
        var model = Preprocessing.standard().network(train, 64, 32);
        model.initialize(Init.heNormal(), 1);
        train.trainer(model).seed(1).fit(train.data());
        return AutoPrune.of(model, train.schema().target().loss(), train.data(), own.validation().data())
                .test(parts.validation().data())
                .metric(task.metric())
                .smallest(Resource.BYTES)
                .notWorseThan(TOLERANCE)
                .run()
                .report();
    }
}
