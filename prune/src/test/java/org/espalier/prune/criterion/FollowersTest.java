package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class FollowersTest {
    private final BatchNorm1d norm = BatchNorm1d.of(3);

    @Test
    void theActivationBehindANormIsFound() {
        var model = Sequential.of(Linear.of(3, 3), norm, Activation.relu(), Linear.of(3, 1));

        assertEquals("relu1", Followers.activation(model, "fc1"));
        assertEquals("fc2", Followers.activation(model, "fc2"));
        assertSame(norm.weight(), Followers.scale(model, "fc1").orElseThrow());
        assertTrue(Followers.scale(model, "fc2").isEmpty());
    }

    @Test
    void insideAResidualBlockTheNamesAreWhole() {
        var model = Sequential.of(Residual.of(Sequential.of(Linear.of(3, 3), Activation.relu())), Activation.relu());

        assertEquals("residual1.body.relu1", Followers.activation(model, "residual1.body.fc1"));
    }

    @Test
    void anotherLayerBetweenIsNoFollower() {
        var model = Sequential.of(Linear.of(3, 3), Linear.of(3, 3), Activation.relu());

        assertEquals("fc1", Followers.activation(model, "fc1"));
        assertEquals("", Followers.activation(Linear.of(1, 1), ""));
    }
}
