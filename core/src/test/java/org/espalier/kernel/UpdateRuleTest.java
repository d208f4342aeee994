package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UpdateRuleTest {
    @Test
    void theFirstStepOfAdamIsCorrectedByOneMinusBeta() {
        var rule = new UpdateRule.Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0, false, 1);
        assertEquals(0.1 / (1 - 0.9f), rule.stepSize(), 1e-6);
        assertEquals(1 / Math.sqrt(1 - 0.999f), rule.scale(), 1e-5);
    }

    @Test
    void theCorrectionFadesWithTheSteps() {
        var rule = new UpdateRule.Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0, false, 100_000);
        assertEquals(0.1f, rule.stepSize());
        assertEquals(1f, rule.scale());
    }

    @Test
    void decoupledDecayShrinksTheValueAndLeavesTheGradient() {
        var adamW = new UpdateRule.Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0.5f, true, 1);
        assertEquals(0.95f, adamW.shrink());
        assertEquals(0f, adamW.coupledDecay());
        var adam = new UpdateRule.Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0.5f, false, 1);
        assertEquals(1f, adam.shrink());
        assertEquals(0.5f, adam.coupledDecay());
    }

    @Test
    void momentsAreUsedOnlyWhereTheRuleHasThem() {
        assertFalse(new UpdateRule.Sgd(0.1f, 0, false, 0).usesFirst());
        assertTrue(new UpdateRule.Sgd(0.1f, 0.9f, false, 0).usesFirst());
        assertFalse(new UpdateRule.Sgd(0.1f, 0.9f, false, 0).usesSecond());
        assertFalse(new UpdateRule.RmsProp(0.1f, 0.9f, 1e-8f, 0, 0).usesFirst());
        assertTrue(new UpdateRule.RmsProp(0.1f, 0.9f, 1e-8f, 0.9f, 0).usesFirst());
        assertTrue(new UpdateRule.RmsProp(0.1f, 0.9f, 1e-8f, 0, 0).usesSecond());
    }
}
