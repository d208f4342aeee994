package org.espalier.prune.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.prune.deploy.FormatTable;
import org.espalier.prune.graph.CollapseRisk;

/** Reports as JSON. A measure that is not finite is null there, and NaN when read back. */
final class ReportJson {
    private ReportJson() {}

    static Json.Obj write(PruningReport report) {
        return Json.object()
                .with("seed", report.seed())
                .with("before", measures(report.before()))
                .with("layersBefore", array(report.layersBefore(), ReportJson::layer))
                .with("stages", array(report.stages(), ReportJson::stage))
                .with("test", report.test().<Json>map(ReportJson::test).orElse(new Json.Null()));
    }

    private static Json.Obj test(TestReport test) {
        var measures = Json.object();
        for (var measure : test.measures().entrySet()) {
            var change = measure.getValue();
            measures = measures.with(measure.getKey(), change(Json.object(), change.before(), change.after()));
        }
        return Json.object()
                .with("measures", measures)
                .with("classes", array(test.classes(), of -> change(
                        Json.object().with("label", of.label()).with("samples", of.samples()),
                        of.before(),
                        of.after())));
    }

    private static Json.Obj change(Json.Obj of, double before, double after) {
        return of.with("before", real(before)).with("after", real(after));
    }

    private static Json.Obj stage(StageReport stage) {
        return Json.object()
                .with("name", stage.name())
                .with("method", stage.method())
                .with("before", measures(stage.before()))
                .with("steps", array(stage.steps(), ReportJson::step))
                .with("keptStep", stage.keptStep())
                .with("layers", array(stage.layers(), ReportJson::layer))
                .with("facts", array(stage.facts(), ReportJson::fact))
                .with("risks", array(stage.risks(), ReportJson::risk))
                .with("micros", real(stage.micros().orElse(Double.NaN)))
                .with("formats", stage.formats().<Json>map(FormatTable::toJson).orElse(new Json.Null()));
    }

    private static Json.Obj risk(CollapseRisk risk) {
        return Json.object()
                .with("kind", risk.kind().name())
                .with("layer", risk.layer())
                .with("count", risk.count());
    }

    private static Json.Obj step(StepReport step) {
        return Json.object()
                .with("step", step.step())
                .with("units", step.units())
                .with("removed", step.removed())
                .with("pruned", measures(step.pruned()))
                .with("retrained", measures(step.retrained()));
    }

    private static Json.Obj layer(LayerReport layer) {
        return Json.object()
                .with("layer", layer.layer())
                .with("weights", layer.weights())
                .with("kept", layer.kept())
                .with("bytes", layer.bytes())
                .with("flops", layer.flops());
    }

    private static Json.Obj fact(StageFact fact) {
        return Json.object()
                .with("layer", fact.layer())
                .with("name", fact.name())
                .with("value", real(fact.value()));
    }

    private static Json.Obj measures(Map<String, Double> measures) {
        var json = Json.object();
        for (var measure : measures.entrySet()) {
            json = json.with(measure.getKey(), real(measure.getValue()));
        }
        return json;
    }

    private static Json real(double value) {
        return Double.isFinite(value) ? new Json.Real(value) : new Json.Null();
    }

    private static <T> Json array(List<T> items, Function<T, Json> write) {
        return Json.array(items.stream().map(write).toList());
    }

    static PruningReport read(Json.Obj json) throws FormatException {
        return new PruningReport(
                json.integer("seed"),
                readMeasures(json.object("before")),
                readAll(json, "layersBefore", ReportJson::readLayer),
                readAll(json, "stages", ReportJson::readStage),
                json.get("test") instanceof Json.Null ? Optional.empty() : Optional.of(readTest(json.object("test"))));
    }

    private static TestReport readTest(Json.Obj json) throws FormatException {
        var measures = new LinkedHashMap<String, TestReport.Change>();
        var named = json.object("measures");
        for (var name : named.members().keySet()) {
            var change = named.object(name);
            measures.put(name, new TestReport.Change(readReal(change, "before"), readReal(change, "after")));
        }
        return new TestReport(measures, readAll(json, "classes", of -> new TestReport.ClassChange(
                integer(of, "label"), of.integer("samples"), readReal(of, "before"), readReal(of, "after"))));
    }

    private static StageReport readStage(Json.Obj json) throws FormatException {
        var steps = readAll(json, "steps", ReportJson::readStep);
        int kept = integer(json, "keptStep");
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).step() != i + 1) {
                throw new FormatException("report", "the steps of a stage must count from 1");
            }
        }
        if (steps.isEmpty() || kept < 0 || kept > steps.size()) {
            throw new FormatException("report", "a stage of " + steps.size() + " steps cannot have kept step " + kept);
        }
        return new StageReport(
                json.string("name"),
                json.string("method"),
                readMeasures(json.object("before")),
                steps,
                kept,
                readAll(json, "layers", ReportJson::readLayer),
                readAll(json, "facts", ReportJson::readFact),
                readAll(json, "risks", ReportJson::readRisk),
                json.get("micros") instanceof Json.Null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(json.number("micros")),
                // Reports of earlier versions do not have it.
                !json.has("formats") || json.get("formats") instanceof Json.Null
                        ? Optional.empty()
                        : Optional.of(FormatTable.of(json.object("formats"))));
    }

    private static CollapseRisk readRisk(Json.Obj json) throws FormatException {
        var name = json.string("kind");
        for (var kind : CollapseRisk.Kind.values()) {
            if (kind.name().equals(name)) {
                return new CollapseRisk(kind, json.string("layer"), integer(json, "count"));
            }
        }
        throw new FormatException("report", "no risk is called " + name);
    }

    private static StageFact readFact(Json.Obj json) throws FormatException {
        return new StageFact(json.string("layer"), json.string("name"), readReal(json, "value"));
    }

    private static StepReport readStep(Json.Obj json) throws FormatException {
        return new StepReport(
                integer(json, "step"),
                integer(json, "units"),
                integer(json, "removed"),
                readMeasures(json.object("pruned")),
                readMeasures(json.object("retrained")));
    }

    private static LayerReport readLayer(Json.Obj json) throws FormatException {
        return new LayerReport(
                json.string("layer"),
                json.integer("weights"),
                json.integer("kept"),
                json.integer("bytes"),
                json.integer("flops"));
    }

    private static Map<String, Double> readMeasures(Json.Obj json) throws FormatException {
        var measures = new LinkedHashMap<String, Double>();
        for (var name : json.members().keySet()) {
            measures.put(name, readReal(json, name));
        }
        return measures;
    }

    private static double readReal(Json.Obj json, String name) throws FormatException {
        return json.get(name) instanceof Json.Null ? Double.NaN : json.number(name);
    }

    private static int integer(Json.Obj json, String name) throws FormatException {
        long value = json.integer(name);
        if (value != (int) value) {
            throw new FormatException("report", "member \"" + name + "\" is too large: " + value);
        }
        return (int) value;
    }

    private interface Reader<T> {
        T read(Json.Obj json) throws FormatException;
    }

    private static <T> List<T> readAll(Json.Obj json, String name, Reader<T> reader) throws FormatException {
        var all = new ArrayList<T>();
        for (var item : json.items(name)) {
            if (!(item instanceof Json.Obj object)) {
                throw new FormatException("report", "member \"" + name + "\" must hold objects");
            }
            all.add(reader.read(object));
        }
        return all;
    }
}
