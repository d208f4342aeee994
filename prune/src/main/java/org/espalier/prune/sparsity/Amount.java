package org.espalier.prune.sparsity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How much is to be removed. */
public sealed interface Amount {
    /** Not said yet; using it is an error. */
    record Unset() implements Amount {}

    /**
     * A share of all units there are, those removed earlier included: a sparsity of 0.5 asked for twice is 0.5. The
     * number is exact: the product with the units, rounded, halves to even.
     */
    record Sparsity(double share) implements Amount {
        /** Checks the share. */
        public Sparsity {
            requireShare(share);
        }
    }

    /** A share of the units that are left when the stage begins: 0.5 asked for twice is 0.75. Rounded likewise. */
    record OfRemaining(double share) implements Amount {
        /** Checks the share. */
        public OfRemaining {
            requireShare(share);
        }
    }

    /** Every unit whose score is below a threshold, however many they are. */
    record Below(double threshold) implements Amount {
        /** Checks that it is a number. */
        public Below {
            if (Double.isNaN(threshold)) {
                throw new IllegalArgumentException("the threshold is not a number");
            }
        }
    }

    /**
     * As few units as it takes for the whole model to cost no more than a limit once its masks are counted.
     *
     * @param resource what is limited
     * @param limit the most it may cost
     */
    record Within(Resource resource, long limit) implements Amount {
        /** Refuses a negative limit. */
        public Within {
            if (limit < 0) {
                throw new IllegalArgumentException("a budget cannot be negative: " + limit);
            }
        }
    }

    /** An amount for each layer by its name; layers not named are left alone. */
    record ByLayer(Map<String, Amount> amounts) implements Amount {
        /** Takes its own copy, in the same order. */
        public ByLayer {
            amounts = Collections.unmodifiableMap(new LinkedHashMap<>(amounts));
        }
    }

    /** The amount for one layer; empty if it is to be left alone. */
    default Optional<Amount> of(String layer) {
        return this instanceof ByLayer(Map<String, Amount> amounts)
                ? Optional.ofNullable(amounts.get(layer))
                : Optional.of(this);
    }

    /** A share of all units. */
    static Amount sparsity(double share) {
        return new Sparsity(share);
    }

    /** A share of the units that are left. */
    static Amount ofRemaining(double share) {
        return new OfRemaining(share);
    }

    /** As few units as it takes to stay within a budget. */
    static Amount within(Resource resource, long limit) {
        return new Within(resource, limit);
    }

    /** The units that score below a threshold. */
    static Amount below(double threshold) {
        return new Below(threshold);
    }

    private static void requireShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share to remove must be in [0, 1], not " + share);
        }
    }
}
