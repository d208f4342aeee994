package org.espalier.prune.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.nn.infer.FormatTable;

/**
 * What a pipeline did, stage by stage. The same model, data and seed give the same report, byte for byte: it holds no
 * times and no names of machines but those of the table of formats that a stage of deployment measures, and none that
 * were not given if {@link Pipeline#formats} gives the table.
 *
 * @param seed the seed of the run
 * @param before the measures before the first stage
 * @param layersBefore the layers before the first stage
 * @param stages the stages in order
 * @param test what test data say at the end, if they were asked
 */
public record PruningReport(
        long seed,
        Map<String, Double> before,
        List<LayerReport> layersBefore,
        List<StageReport> stages,
        Optional<TestReport> test) {
    /** Takes its own copies. */
    public PruningReport {
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        layersBefore = List.copyOf(layersBefore);
        stages = List.copyOf(stages);
    }

    /** The measures after the last stage. */
    public Map<String, Double> after() {
        return stages.isEmpty() ? before : stages.getLast().after();
    }

    /** The layers after the last stage. */
    public List<LayerReport> layers() {
        return stages.isEmpty() ? layersBefore : stages.getLast().layers();
    }

    /** The formats of the layers of the smaller model, if the last stage chose them. */
    public Optional<FormatTable> formats() {
        return stages.isEmpty() ? Optional.empty() : stages.getLast().formats();
    }

    /** All layers together after the last stage. */
    public LayerReport total() {
        return LayerReport.total(layers());
    }

    PruningReport with(StageReport stage) {
        var more = new java.util.ArrayList<>(stages);
        more.add(stage);
        return new PruningReport(seed, before, layersBefore, more, test);
    }

    PruningReport with(TestReport tested) {
        return new PruningReport(seed, before, layersBefore, stages, Optional.of(tested));
    }

    /** A table for people: a line for each stage and each layer. */
    public String toTable() {
        return ReportTable.of(this);
    }

    /** The report as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        return RecordJson.write(this);
    }

    /**
     * Reads a report.
     *
     * @throws FormatException if a member is missing or of another kind
     */
    public static PruningReport fromJson(Json.Obj json) throws FormatException {
        return RecordJson.read(PruningReport.class, json, "report");
    }
}
