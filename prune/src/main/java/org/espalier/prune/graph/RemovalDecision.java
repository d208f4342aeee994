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
final class RemovalDecision {
    private final DependencyGraph graph;
    private final Liveness facts;
    private final boolean[] idle;
    private final KeepReason[] kept;

    private RemovalDecision(DependencyGraph graph, Liveness facts) {
        this.graph = graph;
        this.facts = facts;
        this.idle = new boolean[graph.slots()];
        this.kept = new KeepReason[graph.slots()];
    }

    static RemovalDecision of(DependencyGraph graph, boolean keepsInputs) {
        var decision = new RemovalDecision(graph, Liveness.of(graph));
        decision.findIdle();
        decision.keepWhatMustStay();
        if (keepsInputs) {
            graph.sources().forEach(
                    source -> source.span().slots().forEach(slot -> decision.keep(slot, KeepReason.ALL_INPUTS)));
        }
        decision.keepOneOfEach();
        decision.keepWhatIsChosen();
        return decision;
    }

    /** Idle at every occurrence; a slot that is no feature is never idle by itself. */
    private void findIdle() {
        var features = features();
        features.forEach(span -> span.slots().forEach(slot -> idle[graph.unit(slot)] = true));
        features.forEach(
                span -> span.slots().filter(slot -> !isIdle(slot)).forEach(slot -> idle[graph.unit(slot)] = false));
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

    private void keepWhatMustStay() {
        for (int slot = 0; slot < kept.length; slot++) {
            kept[graph.unit(slot)] = graph.reason(slot);
        }
        graph.nodes().stream()
                .filter(node -> node instanceof LayerNode.Dense dense && dense.bias().isEmpty())
                .forEach(node -> keepConstants(node.in()));
        SmallerModel.uses(graph).values().stream().filter(uses -> uses.size() > 1).forEach(this::keepUnequalConstants);
    }

    /** Constants other than zero, for a layer that has no bias to fold them into. */
    private void keepConstants(Span in) {
        in.slots()
                .filter(slot -> facts.isLive(slot) && facts.isConstant(slot) && facts.value(slot) != 0)
                .forEach(slot -> keep(slot, KeepReason.NO_BIAS));
    }

    private void keep(int slot, KeepReason reason) {
        int unit = graph.unit(slot);
        kept[unit] = kept[unit] == null ? reason : kept[unit];
    }

    /** Only what is the same at every use can be folded into a bias that is used more than once. */
    private void keepUnequalConstants(List<LayerNode.Dense> uses) {
        var first = uses.getFirst();
        boolean oneWeight = uses.stream().allMatch(use -> use.weight() == first.weight());
        for (var use : uses) {
            for (int column = 0; column < use.in().size(); column++) {
                int index = column;
                boolean equal = oneWeight && uses.stream()
                        .map(other -> other.in().slot(index))
                        .filter(facts::isLive)
                        .map(facts::value)
                        .distinct()
                        .count() <= 1;
                if (!equal && facts.isLive(use.in().slot(column))) {
                    keep(use.in().slot(column), KeepReason.SHARED_BIAS);
                }
            }
        }
    }

    private void keepOneOfEach() {
        for (var span : features()) {
            if (span.size() > 0 && count(span) == 0) {
                kept[graph.unit(span.start())] = KeepReason.LAST_UNIT;
            }
        }
    }

    private void keepWhatIsChosen() {
        for (var node : graph.nodes().reversed()) {
            if (node instanceof LayerNode.Select select) {
                for (int i : kept(select.out())) {
                    keep(select.source(i), KeepReason.TIED);
                }
            }
        }
    }

    Liveness facts() {
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
    KeepReason reason(int slot) {
        int unit = graph.unit(slot);
        return kept[unit] == null ? KeepReason.TIED : kept[unit];
    }

    /** How many of a span are left. */
    int count(Span span) {
        return (int) span.slots().filter(slot -> !removed(slot)).count();
    }

    /** The indices within a span that are left, ascending. */
    int[] kept(Span span) {
        return IntStream.range(0, span.size()).filter(i -> !removed(span.slot(i))).toArray();
    }
}
