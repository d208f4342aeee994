package org.espalier.examples.serve;

import java.time.Duration;

/**
 * The limits of a {@link Service}.
 *
 * @param host the address to listen at
 * @param port the port, 0 for any that is free
 * @param largestBody bytes of a request's body
 * @param bodiesTogether bytes of the bodies of all requests under way; more are answered 503
 * @param inFlight predictions computed at once; more are answered 503 at once
 * @param grace how long a stop waits for requests under way
 */
public record ServiceOptions(String host, int port, int largestBody, int bodiesTogether, int inFlight,
        Duration grace) {
    private static final int MEGABYTE = 1 << 20;

    /**
     * On the loopback address; bodies of up to 4 MiB, 64 MiB together, 256 predictions at once, 5 seconds to stop.
     */
    public static ServiceOptions onPort(int port) {
        return new ServiceOptions("127.0.0.1", port, 4 * MEGABYTE, 64 * MEGABYTE, 256, Duration.ofSeconds(5));
    }

    /** These with another address, such as {@code 0.0.0.0} for all of the machine. */
    public ServiceOptions host(String address) {
        return new ServiceOptions(address, port, largestBody, bodiesTogether, inFlight, grace);
    }

    /** These with another limit of bodies, in bytes. */
    public ServiceOptions largestBody(int bytes) {
        return new ServiceOptions(host, port, bytes, bodiesTogether, inFlight, grace);
    }

    /** These with another limit of all bodies together, in bytes. */
    public ServiceOptions bodiesTogether(int bytes) {
        return new ServiceOptions(host, port, largestBody, bytes, inFlight, grace);
    }

    /** These with another limit of predictions at once. */
    public ServiceOptions inFlight(int predictions) {
        return new ServiceOptions(host, port, largestBody, bodiesTogether, predictions, grace);
    }
}
