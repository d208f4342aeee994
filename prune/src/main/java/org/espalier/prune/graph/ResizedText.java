package org.espalier.prune.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.io.Json;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.LayerConfig;

/**
 * Rewrites the text that {@link org.espalier.nn.Architecture} makes of a model: the sizes that change, and selections
 * in front of features that are no longer read. Layers that are written as "the same" need nothing: they follow the
 * first.
 */
final class ResizedText {
    private static final String CHILDREN = "children";

    private final Map<String, LayerConfig> configs = new HashMap<>();
    private final Map<String, List<Source>> narrowed;
    private final Survival survival;

    ResizedText(DependencyGraph graph, Survival survival) {
        this.survival = survival;
        graph.nodes().forEach(node -> configs.putIfAbsent(node.path(), node.resized(survival)));
        narrowed = graph.sources().stream()
                .filter(source -> survival.count(source.span()) < source.span().size())
                .collect(Collectors.groupingBy(Source::chain));
    }

    /** The text of a layer as it will be. */
    Json.Obj resize(String path, Json.Obj text) {
        var resized = text;
        if (text.has("same")) {
            return text;
        }
        if (configs.containsKey(path)) {
            for (var attribute : configs.get(path).attributes().members().entrySet()) {
                resized = resized.with(attribute.getKey(), attribute.getValue());
            }
        }
        return text.members().get(CHILDREN) instanceof Json.Obj children
                ? resized.with(CHILDREN, children(path, children))
                : resized;
    }

    private Json.Obj children(String path, Json.Obj old) {
        var children = Json.object();
        for (var child : old.members().entrySet()) {
            for (var source : narrowed.getOrDefault(path, List.of())) {
                if (source.next().equals(child.getKey())) {
                    children = children.with(unusedName(old, children), select(source));
                }
            }
            var text = (Json.Obj) child.getValue();
            children = children.with(child.getKey(), resize(Tracer.join(path, child.getKey()), text));
        }
        return children;
    }

    private Json.Obj select(Source source) {
        var config = FeatureSelect.of(source.span().size(), survival.kept(source.span())).config();
        var text = Json.object().with("kind", config.kind());
        for (var attribute : config.attributes().members().entrySet()) {
            text = text.with(attribute.getKey(), attribute.getValue());
        }
        return text;
    }

    private static String unusedName(Json.Obj old, Json.Obj added) {
        int number = 1;
        while (old.has("select" + number) || added.has("select" + number)) {
            number++;
        }
        return "select" + number;
    }
}
