package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class ObstacleTest {

    @Test
    void endsASentenceAboutAUnit() {
        assertEquals("is an output of the model", Obstacle.OUTPUT.toString());
        for (var obstacle : Obstacle.values()) {
            assertFalse(obstacle.toString().endsWith("."), obstacle.name());
        }
    }
}
