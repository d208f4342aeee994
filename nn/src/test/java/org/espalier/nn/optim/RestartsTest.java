package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RestartsTest {

    @Test
    void elementsThatRestartedTogetherAreACohort() {
        var restarts = new Restarts();
        restarts.restart(5, 1, 0);
        restarts.gather(null, null);
        assertTrue(restarts.isEmpty(), "the first step of all is no restart");
        restarts.restart(5, 4, 7);
        restarts.restart(5, 0, 9);
        restarts.restart(5, 2, 7);
        restarts.gather(null, null);
        assertEquals(2, restarts.cohorts().size());
        assertEquals(7, restarts.cohorts().getFirst().start());
        assertArrayEquals(new int[] {2, 4}, restarts.cohorts().getFirst().places());
        assertArrayEquals(new int[] {0}, restarts.cohorts().getLast().places());
        assertArrayEquals(new float[] {9, 0, 7, 0, 7}, restarts.toTensor(Shape.of(5)).toArray());
    }

    @Test
    void onlyElementsInUseCount() {
        var restarts = new Restarts();
        restarts.restart(5, 4, 7);
        restarts.restart(5, 0, 7);
        restarts.gather(null, Mask.of(Shape.of(5), i -> i != 4));
        assertArrayEquals(new int[] {0}, restarts.cohorts().getFirst().places());
        // What is out of use is forgotten, and begins when it comes back.
        assertArrayEquals(new float[] {7, 0, 0, 0, 0}, restarts.toTensor(Shape.of(5)).toArray());
        restarts.restart(5, 4, 7);
        // Stored are the elements 3, 0 and 4, in this order.
        restarts.gather(new int[] {3, 0, 4}, null);
        assertArrayEquals(new int[] {1, 2}, restarts.cohorts().getFirst().places());
    }

    @Test
    void momentsMayHaveBegunAfterTheLastStepButNotLater() {
        Restarts.require("w", Tensor.vector(0, 3), 3);
        assertThrows(IllegalArgumentException.class, () -> Restarts.require("w", Tensor.vector(0, 4), 3));
    }

    @Test
    void aStateGivesThemBack() {
        var restarts = new Restarts();
        restarts.restart(3, 1, 5);
        restarts.gather(null, null);
        var other = new Restarts();
        other.restore(restarts.toTensor(Shape.of(3)));
        other.gather(null, null);
        assertArrayEquals(new int[] {1}, other.cohorts().getFirst().places());
        other.restore(null);
        other.gather(null, null);
        assertTrue(other.isEmpty());
    }
}
