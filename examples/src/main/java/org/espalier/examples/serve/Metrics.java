package org.espalier.examples.serve;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a service, printed in the text format of Prometheus. */
final class Metrics {
    /** Upper bounds of the buckets of request times, in seconds. */
    private static final double[] BOUNDS = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1};

    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final LongAdder rows = new LongAdder();
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanoseconds = new LongAdder();

    Metrics() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** Counts a request that was answered. */
    void answered(String path, int status, long time) {
        requests.computeIfAbsent("path=\"" + path + "\",status=\"" + status + "\"", key -> new LongAdder()).increment();
        if (path.equals("/predict")) {
            int bucket = 0;
            while (bucket < BOUNDS.length && time > BOUNDS[bucket] * 1e9) {
                bucket++;
            }
            buckets[bucket].increment();
            nanoseconds.add(time);
        }
    }

    /** Counts rows that were predicted. */
    void predicted(int count) {
        rows.add(count);
    }

    String text() {
        var text = new StringBuilder();
        text.append("# HELP espalier_requests_total Requests answered.\n# TYPE espalier_requests_total counter\n");
        requests.forEach((labels, count) -> text.append("espalier_requests_total{").append(labels).append("} ")
                .append(count.sum()).append('\n'));
        text.append("# HELP espalier_rows_total Rows predicted.\n# TYPE espalier_rows_total counter\n");
        text.append("espalier_rows_total ").append(rows.sum()).append('\n');
        text.append("# HELP espalier_predict_seconds Time from a request's first byte read to its answer.\n");
        text.append("# TYPE espalier_predict_seconds histogram\n");
        long count = 0;
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            var bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
            text.append("espalier_predict_seconds_bucket{le=\"").append(bound).append("\"} ").append(count)
                    .append('\n');
        }
        text.append(String.format(Locale.ROOT, "espalier_predict_seconds_sum %.9f%n", nanoseconds.sum() / 1e9));
        text.append("espalier_predict_seconds_count ").append(count).append('\n');
        return text.toString();
    }
}
