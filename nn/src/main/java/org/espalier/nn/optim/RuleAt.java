package org.espalier.nn.optim;

import java.util.List;

/** A rule at another learning rate than its own. */
record RuleAt(Rule rule, LearningRate learningRate) implements Rule {
    @Override
    public List<String> slots() {
        return rule.slots();
    }

    @Override
    public boolean readsGradientFirst() {
        return rule.readsGradientFirst();
    }

    @Override
    public void update(Slice slice) {
        rule.update(slice);
    }
}
