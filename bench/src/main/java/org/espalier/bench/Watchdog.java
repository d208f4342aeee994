package org.espalier.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends the processes that this one started when they take too long: a native library that hangs must not keep the rest
 * of the suite waiting.
 */
final class Watchdog {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watchdog").factory());

    private Watchdog() {}

    static Watchdog start(int seconds) {
        var watchdog = new Watchdog();
        watchdog.timer.schedule(
                () -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly),
                seconds, TimeUnit.SECONDS);
        return watchdog;
    }

    void close() {
        timer.shutdownNow();
    }
}
