package org.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JvmCacheTest {
    private final JvmCache<Object> cache = new JvmCache<>(3);

    @Test
    void aValueIsBuiltOnceAndTheOldestIsForgotten() {
        var first = cache.get("a", Object::new);
        cache.get("b", Object::new);
        cache.get("c", Object::new);
        assertSame(first, cache.get("a", Object::new));
        assertEquals(3, cache.built());

        cache.get("d", Object::new);
        assertSame(first, cache.get("a", Object::new), "b was older");
        assertEquals(4, cache.built());
        cache.get("b", Object::new);
        assertEquals(5, cache.built());
    }

    @Test
    void whatCannotBeBuiltIsNotKept() {
        assertThrows(IOException.class, () -> cache.get("a", () -> {
            throw new IOException("gone");
        }));
        assertEquals("there", cache.get("a", () -> "there"));
        assertEquals(1, cache.built());
    }
}
