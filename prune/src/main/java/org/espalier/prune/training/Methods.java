package org.espalier.prune.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The methods of training with moving masks, for recipes and tables. */
public final class Methods {
    private static final Map<String, Function<Options, SparseTraining>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("gradual", GradualPruning::parse);
        ALL.put("dsd", DenseSparseDense::parse);
        ALL.put("set", SparseEvolution::parse);
        ALL.put("rigl", RigL::parse);
        ALL.put("ac/dc", AcDc::parse);
        ALL.put("dns", NetworkSurgery::parse);
        ALL.put("straight-through", MaskedTraining::parse);
        ALL.put("movement", MovementPruning::parse);
        ALL.put("greg", GrowingRegularization::parse);
        ALL.put("greg-2", SeparatingRegularization::parse);
    }

    private Methods() {}

    /** All of them with their usual numbers, in a fixed order. */
    public static List<SparseTraining> all() {
        return ALL.keySet().stream().map(Methods::parse).toList();
    }

    /** A Markdown table of all of them: what an update does, how many weights are left in the end, the source. */
    public static String table() {
        return MethodsTable.markdown(all());
    }

    /**
     * The method with this {@linkplain SparseTraining#text() text}; what is not said has its usual value.
     *
     * @throws IllegalArgumentException if there is none, or an option or number is not one of its
     */
    public static SparseTraining parse(String text) {
        var options = Options.parse(text);
        var method = ALL.get(options.name());
        if (method == null) {
            throw new IllegalArgumentException("no method is called '" + options.name() + "'; there are "
                    + String.join(", ", ALL.keySet()));
        }
        return options.complete(method.apply(options));
    }
}
