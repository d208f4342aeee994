package org.espalier.prune.sparsity;

import java.util.Locale;

/** What happens at the edge of a weight that a pattern does not divide evenly. */
public enum Remainder {
    /** The rest is a smaller block or pool and is pruned in proportion. */
    SCALED,
    /** The rest is never pruned. */
    DENSE,
    /** A rest is an error. */
    REJECTED;

    /** The rule as it stands at the end of a pattern's text; the usual one is not said. */
    String suffix() {
        return this == SCALED ? "" : " tail " + name().toLowerCase(Locale.ROOT);
    }
}
