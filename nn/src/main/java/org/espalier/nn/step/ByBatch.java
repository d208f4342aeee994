package org.espalier.nn.step;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A format for each of several numbers of rows; between them, that of the nearer one by ratio. */
record ByBatch(List<Integer> batches, List<Format> formats) implements LinearFormat {
    ByBatch {
        batches = List.copyOf(batches);
        formats = List.copyOf(formats);
        if (batches.isEmpty() || batches.size() != formats.size()) {
            throw new IllegalArgumentException(formats.size() + " formats for " + batches.size() + " batches");
        }
    }

    @Override
    public Step step(Weights weights) {
        var ascending = new TreeMap<Integer, Format>();
        for (int i = 0; i < batches.size(); i++) {
            ascending.put(batches.get(i), formats.get(i));
        }
        var alone = KernelActivation.fused(weights);
        Map<Format, Step> steps = new EnumMap<>(Format.class);
        List<Integer> limits = new ArrayList<>();
        List<Step> forms = new ArrayList<>();
        int before = 0;
        for (var entry : ascending.entrySet()) {
            var step = steps.get(entry.getValue());
            if (step == null) {
                step = entry.getValue().step(alone);
                steps.put(entry.getValue(), step);
            }
            if (forms.isEmpty() || forms.getLast() != step) {
                if (!forms.isEmpty()) {
                    limits.add((int) Math.sqrt((double) before * entry.getKey()));
                }
                forms.add(step);
            }
            before = entry.getKey();
        }
        var ends = new int[limits.size()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = limits.get(i);
        }
        var step = forms.size() == 1 ? forms.getFirst() : new ByBatchStep(ends, forms.toArray(new Step[0]));
        return KernelActivation.follow(step, weights);
    }
}
