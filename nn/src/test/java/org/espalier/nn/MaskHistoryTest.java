package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MaskHistoryTest {
    private final Parameter parameter = Parameter.of("w", Tensor.vector(1, 2, 3));
    private final Mask first = Mask.of(Shape.of(3), i -> i > 0);
    private final Mask second = Mask.of(Shape.of(3), i -> i > 1);

    @Test
    void everyMaskCanBeFollowedFromWhereOneLastLooked() {
        var start = parameter.maskHistory();
        assertEquals(Optional.empty(), start.next());
        parameter.assignMask(first);
        parameter.assignMask(second);
        parameter.assignMask(first);
        parameter.clearMask();

        assertEquals(Optional.empty(), start.mask());
        var now = start.next().orElseThrow();
        assertSame(first, now.mask().orElseThrow());
        now = now.next().orElseThrow();
        assertSame(second, now.mask().orElseThrow());
        now = now.next().orElseThrow();
        assertSame(first, now.mask().orElseThrow());
        now = now.next().orElseThrow();
        assertEquals(Optional.empty(), now.mask());
        assertSame(parameter.maskHistory(), now);
    }

    @Test
    void valuesDoNotChangeTheMasking() {
        parameter.assignMask(first);
        var history = parameter.maskHistory();
        parameter.assign(Tensor.vector(4, 5, 6));
        parameter.assignMask(first);
        assertSame(history, parameter.maskHistory());
        assertTrue(history.next().isEmpty());
    }
}
