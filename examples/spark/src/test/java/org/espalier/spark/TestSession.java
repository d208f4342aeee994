package org.espalier.spark;

import org.apache.spark.sql.SparkSession;

/** The sessions of the tests. */
public final class TestSession {
    private TestSession() {}

    /** Two tasks at a time in this JVM, each tried up to three times; the same session for all tests. */
    public static SparkSession local() {
        return local(2);
    }

    /** As {@link #local()}, with another number of tasks at a time, if no session is active. */
    public static SparkSession local(int tasks) {
        return builder("local[" + tasks + ",3]").getOrCreate();
    }

    /** Two executors with a core and a gigabyte each, in JVMs of their own; to be stopped by who asks for it. */
    public static SparkSession cluster() {
        return builder("local-cluster[2,1,1024]")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
                .config("spark.task.maxFailures", 2)
                .getOrCreate();
    }

    private static SparkSession.Builder builder(String master) {
        return SparkSession.builder()
                .master(master)
                .appName("test")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.adaptive.enabled", false)
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/espalier-warehouse");
    }
}
