package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class ModelLatencyTest {
    @Test
    void theTailIsNoShorterThanTheMedian() {
        var latency = ModelLatency.measure(Sequential.of(Linear.of(8, 4), Activation.relu(), Linear.of(4, 2)), 1);

        assertTrue(latency.median() > 0 && latency.tail() >= latency.median(), latency::toString);
    }
}
