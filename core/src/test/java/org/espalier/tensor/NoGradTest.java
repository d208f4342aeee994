package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NoGradTest {
    private final Tensor x = Tensor.scalar(3).withGrad();

    @Test
    void resultsInsideAreNotTracked() {
        var y = NoGrad.call(() -> x.square());
        assertEquals(9, y.item());
        assertFalse(y.requiresGrad());
        assertTrue(x.square().requiresGrad());
    }

    @Test
    void theScopeEndsWithTheCallEvenAfterAnException() {
        assertThrows(IllegalStateException.class, () -> NoGrad.run(() -> {
            throw new IllegalStateException();
        }));
        assertFalse(NoGrad.isActive());
        NoGrad.run(() -> {
            NoGrad.run(() -> assertTrue(NoGrad.isActive()));
            assertTrue(NoGrad.isActive());
        });
        assertFalse(NoGrad.isActive());
    }

    @Test
    void otherThreadsAreNotConcerned() throws InterruptedException {
        var active = new AtomicBoolean(true);
        NoGrad.run(() -> {
            var other = new Thread(() -> active.set(NoGrad.isActive()));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertFalse(active.get());
    }

    @Test
    void leavesMadeInsideAreStillLeaves() {
        var leaf = NoGrad.call(() -> Tensor.scalar(2).withGrad());
        assertEquals(4, leaf.square().backward().of(leaf).item());
    }
}
