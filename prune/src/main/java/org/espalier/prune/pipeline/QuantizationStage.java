package org.espalier.prune.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedWeight;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.prune.deploy.LayerCost;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.QuantizationAware;
import org.espalier.prune.quantize.QuantizationReport;
import org.espalier.prune.training.SparseTraining;

/**
 * A stage that quantizes the weights of linear layers. The model keeps float32 numbers, the values of the codes, so
 * that it can be saved and pruned as ever; its layers are reported with the bytes of the codes. Masked weights stay
 * zero. Where the layers' inputs are quantized too, the model that computes with integers is measured, and
 * static scales are among the facts of the report; later stages compute with inputs in float32 again.
 *
 * <p>Retraining is quantization-aware: the weights learn while the rounded ones compute, from where they were before
 * rounding, or where second-order rounding put them, and are rounded to the nearest at the end. With a method that
 * moves masks, pruning and rounding are learned together; masked weights are then exactly +0 and their codes 0.
 *
 * @param name what it is called in reports and errors
 * @param how what is rounded to what
 * @param masks how masks move while the weights learn, for a joint stage; it must be a method whose masked weights rest
 * @param policy how the model recovers
 */
@Notation("quantization")
public record QuantizationStage(String name, Quantization how, Optional<SparseTraining> masks,
        RetrainingPolicy policy)
        implements Stage {
    /** Checks the name. */
    public QuantizationStage {
        RecipeText.requireName(name);
    }

    @Override
    public QuantizationStage policy(RetrainingPolicy policy) {
        return new QuantizationStage(name, how, masks, policy);
    }

    @Override
    public String description() {
        return how.text() + masks.map(method -> " | " + method.text().replace(", ", " | ")).orElse("");
    }

    /**
     * The model that computes with the quantized weights and inputs, of one whose weights the stage has quantized.
     *
     * @param inputScales those of the stage's report
     */
    Layer computed(Layer model, Map<String, ActivationScale> inputScales) {
        return how.computed(model, inputScales);
    }

    StageWork begin(StageContext context) {
        return new Work(this, context);
    }

    /** The rounding, before and after retraining. */
    private static final class Work implements StageWork {
        private final QuantizationStage stage;
        private final StageContext context;
        private StateDict before;
        private Map<String, ActivationScale> inputs = Map.of();
        private SequencedMap<String, QuantizedWeight> codes = new LinkedHashMap<>();
        private List<StageFact> facts = List.of();

        Work(QuantizationStage stage, StageContext context) {
            this.stage = stage;
            this.context = context;
            before = StateDict.of(context.model());
        }

        @Override
        public Done step(int step, long seed) {
            var model = context.model();
            before = StateDict.of(model);
            round(model, stage.how);
            inputs = stage.how.inputScales(model, context.calibration());
            return done();
        }

        private Done done() {
            int weights = codes.values().stream().mapToInt(matrix -> matrix.rows() * matrix.columns()).sum();
            int kept = codes.keySet().stream()
                    .mapToInt(name -> context.model().parameters().get(name).kept())
                    .sum();
            return new Done(weights, weights - kept, Optional.empty());
        }

        @Override
        public void retrain(Layer model, Retraining retraining, Retraining.Round round) {
            if (stage.how.rounding().isEmpty()) {
                before.applyTo(model);
            }
            var learning = QuantizationAware.prepare(model, stage.how.weights(), inputs);
            if (stage.masks.isEmpty()) {
                retraining.retrain(learning, round);
            } else {
                try {
                    retraining.retrain(learning, round, stage.masks.get());
                } catch (IllegalStateException e) {
                    throw new IllegalArgumentException(e.getMessage(), e);
                }
            }
            StateDict.of(learning).applyTo(model);
            round(model, stage.how.nearest());
        }

        @Override
        public Done retrained(Done before) {
            return done();
        }

        private void round(Layer model, Quantization how) {
            var quantized = how.apply(model, context.calibration());
            var told = new ArrayList<StageFact>();
            var report = QuantizationReport.of(how.text(), model, quantized, quantized.dequantized());
            for (var layer : report.layers()) {
                told.add(new StageFact(layer.name(), "largest change", layer.largest()));
                told.add(new StageFact(layer.name(), "relative change", layer.relative()));
            }
            StateDict.of(quantized.dequantized()).applyTo(model);
            codes = quantized.weights();
            facts = List.copyOf(told);
        }

        @Override
        public Layer result(Layer model) {
            return stage.computed(model, inputs);
        }

        @Override
        public List<StageFact> facts() {
            return facts;
        }

        @Override
        public Map<String, ActivationScale> inputScales() {
            return inputs;
        }

        @Override
        public List<LayerReport> layers(Layer model) {
            return ModelCost.of(model).layers().stream()
                    .map(cost -> new LayerReport(
                            cost.name(), cost.weights(), cost.keptWeights(), bytes(cost), cost.keptFlops()))
                    .toList();
        }

        /** The packed codes, all or those that are kept, with scales or shared values; or as float32, if less. */
        private long bytes(LayerCost cost) {
            var matrix = codes.get(cost.name().isEmpty() ? "weight" : cost.name() + ".weight");
            if (matrix == null || cost.weights() != (long) matrix.rows() * matrix.columns()) {
                return cost.smallestBytes();
            }
            long keptCodes = Math.ceilDiv(cost.keptWeights() * matrix.bits(), Byte.SIZE);
            long dense = cost.denseBytes() - Float.BYTES * cost.weights() + matrix.codeBytes();
            long sparse = Math.min(cost.csrBytes(), cost.bitmapBytes())
                    - Float.BYTES * cost.keptWeights() + keptCodes;
            long tables = matrix.bytes() - matrix.codeBytes();
            return Math.min(cost.smallestBytes(), tables + Math.min(dense, sparse));
        }
    }
}
