package org.espalier.prune.sparsity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.notation.Notations;

/** How much is removed. Fractions of units are rounded to the nearest number of units, halves to even. */
public sealed interface Amount {
    /** Not chosen yet; using it is an error. */
    @Notation("unset")
    record Unset() implements Amount {}

    /**
     * A fraction of all units, those removed earlier included: a sparsity of 0.5 asked for twice is 0.5. The number of
     * units is exact.
     *
     * @param share the fraction, in [0, 1]
     */
    @Notation("sparsity {share}")
    record Sparsity(double share) implements Amount {
        /** Checks the fraction. */
        public Sparsity {
            requireShare(share);
        }
    }

    /**
     * A fraction of the units that are left when the stage begins: 0.5 asked for twice is 0.75 in all.
     *
     * @param share the fraction, in [0, 1]
     */
    @Notation("of remaining {share}")
    record OfRemaining(double share) implements Amount {
        /** Checks the fraction. */
        public OfRemaining {
            requireShare(share);
        }
    }

    /**
     * Every unit whose score is below a threshold, however many they are.
     *
     * @param threshold the threshold, not NaN
     */
    @Notation("below {threshold}")
    record Below(double threshold) implements Amount {
        /** Refuses NaN. */
        public Below {
            if (Double.isNaN(threshold)) {
                throw new IllegalArgumentException("the threshold is not a number");
            }
        }
    }

    /**
     * As few units as it takes for the whole model to cost no more than a limit, masks counted.
     *
     * @param resource what is limited
     * @param limit the most it may cost
     */
    @Notation("within {limit} {resource}")
    record Within(Resource resource, long limit) implements Amount {
        /** Refuses a negative limit. */
        public Within {
            if (limit < 0) {
                throw new IllegalArgumentException("a budget cannot be negative: " + limit);
            }
        }
    }

    /**
     * An amount for each layer by its name; other layers are left alone.
     *
     * @param amounts by the layer's dotted name
     */
    @Notation("{amounts}")
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

    /** A fraction of all units. */
    static Amount sparsity(double share) {
        return new Sparsity(share);
    }

    /** A fraction of the units that are left. */
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

    /**
     * A fraction of a number of units, rounded to the nearest integer, halves to even. The fraction is the decimal
     * number that it prints as: 0.575 of 100 is 57.5, so 58, although the double nearest to 0.575 is a little less.
     *
     * @param share the fraction
     * @param total the number of units
     */
    static int count(double share, int total) {
        return BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(total)).setScale(0, RoundingMode.HALF_EVEN)
                .intValueExact();
    }

    /** A few words for tables and recipes, such as {@code sparsity 0.9}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The amount of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Amount parse(String text) {
        return Notations.standard().parse(Amount.class, text);
    }

    private static void requireShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the fraction to remove must be in [0, 1], not " + share);
        }
    }
}
