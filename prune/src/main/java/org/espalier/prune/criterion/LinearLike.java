package org.espalier.prune.criterion;

import org.espalier.nn.Layer;
import org.espalier.nn.Parameter;

/** A linear layer of another kind than {@link org.espalier.nn.Linear}, whose weight may be pruned like that one's. */
public interface LinearLike extends Layer {
    /** The weight, [out, in]. */
    Parameter weight();

    /** The bias, [out]. */
    Parameter bias();
}
