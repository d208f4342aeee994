package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides which units go. A unit may go if each of its features is idle wherever it occurs: dead (no output depends on
 * it) or constant (and then foldable into the biases that read it), and nothing hinders it.
 *
 * <p>One pass forwards and one backwards reach the fixed point of all cascades, because a model is acyclic: a unit
 * whose only readers are dead is dead, a unit fed by constants only is constant. What is decided afterwards only takes
 * units back: a layer keeps its first unit, and what a kept choice reads is kept.
 */
final class Survival {
    private final DependencyGraph graph;
    private final Facts facts;
    private final boolean[] idle;
    private final Obstacle[] kept;

    private Survival(DependencyGraph graph, Facts facts) {
        this.graph = graph;
        this.facts = facts;
        this.idle = new boolean[graph.slots()];
        this.kept = new Obstacle[graph.slots()];
    }

    static Survival of(DependencyGraph graph) {
        var survival = new Survival(graph, Facts.of(graph));
        survival.findIdle();
        survival.hinder();
        survival.keepOneOfEach();
        survival.keepWhatIsChosen();
        return survival;
    }

    /** Idle at every occurrence; a slot that is no feature is never idle by itself. */
    private void findIdle() {
        var features = features();
        features.forEach(span -> slots(span).forEach(slot -> idle[graph.unit(slot)] = true));
        features.forEach(
                span -> slots(span).filter(slot -> !isIdle(slot)).forEach(slot -> idle[graph.unit(slot)] = false));
    }

    private List<Span> features() {
        var spans = new ArrayList<Span>();
        graph.sources().forEach(source -> spans.add(source.span()));
        graph.nodes().forEach(node -> {
            spans.addAll(node.inputs());
            spans.add(node.out());
        });
        return spans;
    }

    private void hinder() {
        for (int slot = 0; slot < kept.length; slot++) {
            kept[graph.unit(slot)] = graph.obstacle(slot);
        }
        Rebuild.uses(graph).values().stream().filter(uses -> uses.size() > 1).forEach(this::hinderUnequalConstants);
    }

    /** Only what is the same at every use can be folded into a bias that is used more than once. */
    private void hinderUnequalConstants(List<DenseNode> uses) {
        var first = uses.getFirst();
        boolean oneWeight = uses.stream().allMatch(use -> use.layer().weight() == first.layer().weight());
        for (var use : uses) {
            for (int column = 0; column < use.in().size(); column++) {
                int index = column;
                int unit = graph.unit(use.in().slot(column));
                boolean equal = oneWeight && uses.stream()
                        .map(other -> other.in().slot(index))
                        .filter(facts::isLive)
                        .map(facts::value)
                        .distinct()
                        .count() <= 1;
                if (!equal && facts.isLive(use.in().slot(column)) && kept[unit] == null) {
                    kept[unit] = Obstacle.SHARED_BIAS;
                }
            }
        }
    }

    private void keepOneOfEach() {
        for (var span : features()) {
            if (span.size() > 0 && count(span) == 0) {
                kept[graph.unit(span.start())] = Obstacle.LAST_UNIT;
            }
        }
    }

    private void keepWhatIsChosen() {
        for (var node : graph.nodes().reversed()) {
            if (node instanceof SelectNode select) {
                for (int i : kept(select.out())) {
                    int unit = graph.unit(select.source(i));
                    kept[unit] = kept[unit] == null ? Obstacle.TIED : kept[unit];
                }
            }
        }
    }

    Facts facts() {
        return facts;
    }

    /** Whether a feature is dead or constant where it occurs. */
    boolean isIdle(int slot) {
        return !facts.isLive(slot) || facts.isConstant(slot);
    }

    /** Whether the slot goes, with its unit. */
    boolean removed(int slot) {
        int unit = graph.unit(slot);
        return idle[unit] && kept[unit] == null;
    }

    /** Why a slot stays although it is idle. */
    Obstacle obstacle(int slot) {
        int unit = graph.unit(slot);
        return kept[unit] == null ? Obstacle.TIED : kept[unit];
    }

    /** How many of a span are left. */
    int count(Span span) {
        return (int) slots(span).filter(slot -> !removed(slot)).count();
    }

    /** The indices within a span that are left, ascending. */
    int[] kept(Span span) {
        return IntStream.range(0, span.size()).filter(i -> !removed(span.slot(i))).toArray();
    }

    /** For each index within a span its place among those left; meaningless for one that is not. */
    int[] places(Span span) {
        var places = new int[span.size()];
        int next = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = next;
            next += removed(span.slot(i)) ? 0 : 1;
        }
        return places;
    }

    private static IntStream slots(Span span) {
        return IntStream.range(span.start(), span.start() + span.size());
    }
}
