package io.cameldatabricks.testinfra.driver;

/** A statement that keeps Spark busy far longer than any test waits. */
final class SlowSql {

    static final String QUERY =
            "SELECT count(*) FROM range(1000000) a CROSS JOIN range(1000000) b WHERE (a.id * b.id) % 7 = 11";

    private SlowSql() {}
}
