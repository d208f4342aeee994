package org.espalier.spark.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.StateDict;
import org.espalier.nn.optim.OptimizerState;
import org.espalier.nn.optim.OptimizerState.Moments;
import org.espalier.nn.train.Checkpoint;
import org.espalier.tensor.Tensor;

/** The mean of what several ranks came to, summed in the order of the ranks. */
final class Average {
    private Average() {}

    /** Weights and buffers; throws {@link IllegalArgumentException} if masks differ. */
    static StateDict models(List<Checkpoint> ranks) {
        return StateDict.average(ranks.stream().map(Checkpoint::model).toList());
    }

    /** Moments, which are averaged like weights; all ranks have taken the same number of steps. */
    static OptimizerState optimizers(List<Checkpoint> ranks) {
        var first = ranks.getFirst().optimizer();
        var mean = new LinkedHashMap<String, Moments>();
        first.moments().forEach((name, moments) -> {
            var slots = new LinkedHashMap<String, Tensor>();
            for (var slot : moments.slots().keySet()) {
                var entries = new ArrayList<StateDict>();
                for (var rank : ranks) {
                    var state = new LinkedHashMap<String, StateDict.Entry>();
                    var value = rank.optimizer().moments().get(name).slots().get(slot);
                    state.put(slot, new StateDict.Entry(value, Optional.empty()));
                    entries.add(StateDict.of(state));
                }
                slots.put(slot, StateDict.average(entries).value(slot));
            }
            mean.put(name, new Moments(moments.steps(), slots));
        });
        return new OptimizerState(first.steps(), mean);
    }

    /** The mean of the loss over the rows of all ranks. */
    static double loss(List<Checkpoint> ranks) {
        double sum = 0;
        long rows = 0;
        for (var rank : ranks) {
            sum += rank.position().lossSum();
            rows += rank.position().rows();
        }
        return sum / rows;
    }
}
