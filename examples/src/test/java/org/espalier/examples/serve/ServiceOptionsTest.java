package org.espalier.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceOptionsTest {

    @Test
    void theStandardOptionsServeThisMachineAlone() {
        var expected = new ServiceOptions("127.0.0.1", 8080, 4_194_304, 67_108_864, 256, Duration.ofSeconds(5));

        assertEquals(expected, ServiceOptions.onPort(8080));
    }

    @Test
    void eachChangeLeavesTheOtherOptionsAlone() {
        var options = new ServiceOptions("localhost", 80, 1_000, 5_000, 7, Duration.ofMinutes(1));

        assertEquals(
                new ServiceOptions("0.0.0.0", 80, 1_000, 5_000, 7, Duration.ofMinutes(1)), options.host("0.0.0.0"));
        assertEquals(
                new ServiceOptions("localhost", 80, 2_000, 5_000, 7, Duration.ofMinutes(1)),
                options.largestBody(2_000));
        assertEquals(new ServiceOptions("localhost", 80, 1_000, 5_000, 9, Duration.ofMinutes(1)), options.inFlight(9));
        assertEquals(
                new ServiceOptions("localhost", 80, 1_000, 6_000, 7, Duration.ofMinutes(1)),
                options.bodiesTogether(6_000));
    }
}
