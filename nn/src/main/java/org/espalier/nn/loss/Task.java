package org.espalier.nn.loss;

/** What the outputs of a model mean under a loss. */
public enum Task {
    /** Each output is a value. */
    REGRESSION,
    /** Outputs are logits of classes that exclude one another; the largest is the answer. */
    CLASSIFICATION,
    /** Each output is the logit of a yes-or-no question: one for binary, several for multi-label classification. */
    LABELS
}
