package org.espalier.spark.demo;

import org.apache.spark.sql.SparkSession;

/** Sessions in this JVM, without pages and with as many shuffle partitions as threads. */
final class Sessions {
    private Sessions() {}

    static SparkSession local(int threads) {
        return SparkSession.builder()
                .master("local[" + threads + "]")
                .appName("espalier")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", threads)
                .getOrCreate();
    }
}
