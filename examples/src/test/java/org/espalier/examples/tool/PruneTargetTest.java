package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PruneTargetTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=27KB, BYTES, 27000", "bytes=1.5KiB, BYTES, 1536", "bytes=900, BYTES, 900", "bytes=2MB, BYTES, 2000000",
        "us=5, US, 5", "us=2ms, US, 2000", "weights=13k, WEIGHTS, 13000", "flops=1M, FLOPS, 1000000",
        "parameters=10, PARAMETERS, 10", "weights=5%, WEIGHTS, 50", "bytes=50%, BYTES, 500"
    })
    void isReadAndComputed(String text, PruneTarget.Kind kind, long limitOf1000) {
        assertEquals(kind, PruneTarget.parse(text).kind());
        assertEquals(limitOf1000, PruneTarget.parse(text).limit(1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "27KB", "bytes", "bytes=", "bytes=x", "bytes=-1", "bytes=0", "bytes=120%", "us=5%", "us=3KB", "weights=3us",
        "flops=1.2.3", "speed=3", "weights=5 %%"
    })
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PruneTarget.parse(text));
    }

    @Test
    void aLimitIsAtLeastOne() {
        assertEquals(1, PruneTarget.parse("weights=1%").limit(3));
    }
}
