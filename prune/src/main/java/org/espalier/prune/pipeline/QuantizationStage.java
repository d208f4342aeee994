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
import org.espalier.nn.LayerKinds;
import org.espalier.nn.StateDict;
import org.espalier.prune.deploy.LayerCost;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.quantize.ActivationQuantization;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.QuantizationAware;
import org.espalier.prune.quantize.QuantizationReport;
import org.espalier.prune.quantize.Rounding;
import org.espalier.prune.quantize.Roundings;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.prune.training.Methods;
import org.espalier.prune.training.SparseTraining;

/**
 * A stage that rounds the weights of linear layers. The model keeps float32 numbers, those that the codes stand for, so
 * that it can be saved and pruned as ever; its layers are reported with the bytes of the codes. Masked weights stay
 * zero. Where the layers' inputs are rounded too, what is measured is the model that computes with whole numbers, and
 * static scales are among the facts of the report; later stages compute with inputs in float32 again.
 *
 * <p>Retraining is quantization-aware: the weights learn while the rounded ones compute, from where they were before
 * rounding, or where second-order rounding put them, and are rounded to the nearest at the end. With a method that
 * moves masks, pruning and rounding are learned together; masked weights are then exactly +0 and their codes 0.
 *
 * @param name what it is called in reports and errors
 * @param how what is rounded to what
 * @param masks how masks move while the weights learn, for a joint stage; it must be a method whose masked weights rest
 * @param recovery how the model recovers
 */
public record QuantizationStage(String name, Quantization how, Optional<SparseTraining> masks,
        RetrainingPolicy recovery)
        implements Stage {
    /** The start of the facts that tell of the inputs. */
    private static final String SCALE = "input scale";

    private static final String ZERO_POINT = "input zero point";

    /** Checks the name. */
    public QuantizationStage {
        StageKind.requireName(name);
    }

    @Override
    public QuantizationStage recovery(RetrainingPolicy recovery) {
        return new QuantizationStage(name, how, masks, recovery);
    }

    @Override
    public String method() {
        return how.text() + masks.map(method -> " | " + method.text().replace(", ", " | ")).orElse("");
    }

    /** The model that the stage stands for, made of the one that it left and what it told. */
    Layer computed(Layer model, LayerKinds kinds, List<StageFact> facts) {
        var scales = new LinkedHashMap<String, ActivationScale>();
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).name().equals(SCALE)) {
                scales.put(facts.get(i).layer(), new ActivationScale(
                        (float) facts.get(i).value(), (int) facts.get(i + 1).value()));
            }
        }
        return how.computed(model, scales, kinds);
    }

    StageWork begin(StageContext context) {
        return new Work(this, context);
    }

    SequencedMap<String, String> choices() {
        var lines = new LinkedHashMap<String, String>();
        if (!how.weights().equals(WeightFormat.int8())) {
            lines.put("weights", how.weights().text());
        }
        how.rounding().ifPresent(method -> lines.put("rounding", method.text()));
        if (!(how.inputs() instanceof ActivationQuantization.Float32)) {
            lines.put("inputs", how.inputs().text());
        }
        masks.ifPresent(method -> lines.put("masks", method.text()));
        return lines;
    }

    static QuantizationStage read(String name, RecipeLines lines, RetrainingPolicy recovery) {
        var how = new Quantization(
                lines.read("weights", WeightFormat::parse, WeightFormat.int8()),
                lines.read("rounding", text -> Optional.of(Roundings.parse(text)), Optional.<Rounding>empty()),
                lines.read("inputs", ActivationQuantization::parse, new ActivationQuantization.Float32()));
        return new QuantizationStage(
                name,
                how,
                lines.read("masks", text -> Optional.of(Methods.parse(text)), Optional.<SparseTraining>empty()),
                recovery);
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
                    retraining.retrain(learning, round, stage.masks.get(), QuantizationAware.kinds());
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
            var quantized = how.apply(model, context.calibration(), context.kinds());
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
            return stage.computed(model, context.kinds(), facts());
        }

        @Override
        public List<StageFact> facts() {
            var all = new ArrayList<>(facts);
            inputs.forEach((layer, scale) -> {
                all.add(new StageFact(layer, SCALE, scale.scale()));
                all.add(new StageFact(layer, ZERO_POINT, scale.zeroPoint()));
            });
            return all;
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
