package org.espalier.prune.search;

import java.io.Serializable;
import java.util.Locale;

/**
 * One run of a search, which may happen on any machine: what comes of it depends on this and the settings of the search
 * alone.
 *
 * @param candidate the name of what to try
 * @param sparsity how much it is to remove
 * @param epochs how long it is trained in all
 * @param seed of the run
 */
public record SearchJob(String candidate, double sparsity, int epochs, long seed) implements Serializable {
    /** A name for files. */
    public String name() {
        return String.format(Locale.ROOT, "%s-%.5f-%d-%d", candidate, sparsity, epochs, seed);
    }
}
