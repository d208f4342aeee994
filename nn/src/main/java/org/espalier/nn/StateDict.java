package org.espalier.nn;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The values and masks of all parameters of a model at one moment, by full name and in the model's order: to come back
 * to (the best epoch), to average over workers, to save. An immutable value that shares the model's tensors, so taking
 * one costs no copy; equal means the same names in the same order, bits and masks, a mask that keeps everything being
 * as good as none.
 *
 * {@snippet :
 * var model = Sequential.of(Linear.of(4, 2));
 * StateDict best = StateDict.of(model);
 * model.initialize(Init.heNormal(), 7);
 * best.applyTo(model); // as it was, masks included
 * }
 */
public final class StateDict {
    /**
     * What one parameter holds.
     *
     * @param value the value, not tracked
     * @param mask the mask, if there is one
     */
    public record Entry(Tensor value, Optional<Mask> mask) {
        /** Elements outside the mask count as +0. */
        private Entry map(UnaryOperator<Tensor> function) {
            var mapped = function.apply(value);
            return new Entry(mask.map(kept -> kept.applyTo(mapped)).orElse(mapped), mask);
        }

        private boolean sameBits(Entry other) {
            return value.shape().equals(other.value.shape())
                    && dropping().equals(other.dropping())
                    && Arrays.equals(bits(value), bits(other.value));
        }

        /** The mask, unless it keeps everything, which is as good as none. */
        private Optional<Mask> dropping() {
            return mask.filter(kept -> kept.kept() < kept.size());
        }

        private static int[] bits(Tensor tensor) {
            var elements = Storage.array(tensor);
            var bits = new int[elements.length];
            Arrays.setAll(bits, i -> Float.floatToRawIntBits(elements[i]));
            return bits;
        }
    }

    private final SequencedMap<String, Entry> entries;

    private StateDict(SequencedMap<String, Entry> entries) {
        this.entries = Collections.unmodifiableSequencedMap(entries);
    }

    /** The present state of a model. */
    public static StateDict of(Layer model) {
        var entries = new LinkedHashMap<String, Entry>();
        model.parameters().forEach((name, parameter) -> entries.put(name, parameter.entry()));
        return new StateDict(entries);
    }

    /** A state of these entries. */
    public static StateDict of(SequencedMap<String, Entry> entries) {
        return new StateDict(new LinkedHashMap<>(entries));
    }

    /**
     * The mean of the states of several workers, summed in the order of the list. What all of them have alike, such as
     * the constants of preprocessing, stays as it is: a sum of equal numbers times 1/n need not be that number.
     *
     * @throws IllegalArgumentException if names, shapes or masks differ
     */
    public static StateDict average(List<StateDict> states) {
        var first = states.getFirst();
        var sum = first;
        for (var state : states.subList(1, states.size())) {
            sum = sum.plus(state);
        }
        var mean = new LinkedHashMap<>(sum.times(1f / states.size()).entries);
        first.entries.forEach((name, entry) -> {
            if (states.stream().allMatch(state -> state.entry(name).sameBits(entry))) {
                mean.put(name, entry);
            }
        });
        return new StateDict(mean);
    }

    /** The entries by full name, in the model's order. */
    public SequencedMap<String, Entry> entries() {
        return entries;
    }

    /** One value; throws {@link IllegalArgumentException} if there is none of that name. */
    public Tensor value(String name) {
        return entry(name).value;
    }

    /** One mask; throws {@link IllegalArgumentException} if there is no parameter of that name. */
    public Optional<Mask> mask(String name) {
        return entry(name).mask;
    }

    private Entry entry(String name) {
        var entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no parameter \"" + name + "\"; there are " + entries.keySet());
        }
        return entry;
    }

    /** The bytes that values (4 each) and masks (a bit per element) take. */
    public long bytes() {
        return entries.values().stream()
                .mapToLong(entry -> 4L * entry.value.size() + entry.mask.map(mask -> mask.size() + 7L >> 3).orElse(0L))
                .sum();
    }

    /**
     * The sums, parameter by parameter. A mask that keeps everything is as good as none.
     *
     * @throws IllegalArgumentException if names, shapes or masks differ
     */
    public StateDict plus(StateDict other) {
        return combine(other, Tensor::plus);
    }

    /**
     * The differences, parameter by parameter. A mask that keeps everything is as good as none.
     *
     * @throws IllegalArgumentException if names, shapes or masks differ
     */
    public StateDict minus(StateDict other) {
        return combine(other, Tensor::minus);
    }

    /** Every value times a factor. */
    public StateDict times(float factor) {
        var scaled = new LinkedHashMap<String, Entry>();
        entries.forEach((name, entry) -> scaled.put(name, entry.map(value -> value.times(factor))));
        return new StateDict(scaled);
    }

    private StateDict combine(StateDict other, BinaryOperator<Tensor> operator) {
        requireNames("the other state", other.entries.keySet());
        var combined = new LinkedHashMap<String, Entry>();
        entries.forEach((name, entry) -> {
            var theirs = other.entries.get(name);
            if (!theirs.value.shape().equals(entry.value.shape()) || !theirs.dropping().equals(entry.dropping())) {
                throw new IllegalArgumentException("parameter " + name + " has another shape or mask there");
            }
            combined.put(name, entry.map(value -> operator.apply(value, theirs.value)));
        });
        return new StateDict(combined);
    }

    /**
     * Sets every parameter of a model, and its mask or lack of one, to this state. Nothing is changed if anything does
     * not fit.
     *
     * @throws IllegalArgumentException if the model has other names
     * @throws ShapeException if a parameter has another shape
     */
    public void applyTo(Layer model) {
        var parameters = model.parameters();
        requireNames("the model", parameters.keySet());
        parameters.forEach((name, parameter) -> parameter.requireShape(entries.get(name).value.shape()));
        parameters.forEach((name, parameter) -> parameter.restore(entries.get(name)));
    }

    private void requireNames(String what, Set<String> names) {
        if (!names.equals(entries.keySet())) {
            throw new IllegalArgumentException(what + " has parameters " + names + ", this state " + entries.keySet());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateDict that
                && List.copyOf(entries.keySet()).equals(List.copyOf(that.entries.keySet()))
                && entries.entrySet().stream().allMatch(e -> e.getValue().sameBits(that.entries.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (var entry : entries.entrySet()) {
            hash = 31 * hash + entry.getKey().hashCode();
            hash = 31 * hash + Arrays.hashCode(Entry.bits(entry.getValue().value));
        }
        return hash;
    }

    /** For example {@code StateDict[fc1.weight[300, 784], fc1.bias[300]]}. */
    @Override
    public String toString() {
        return "StateDict" + entries.entrySet().stream().map(e -> e.getKey() + e.getValue().value.shape()).toList();
    }
}
