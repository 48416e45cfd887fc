package io.cameldatabricks.testinfra.driver;

import java.util.Map;

/** A protocol that the driver can speak; every JDBC test runs once in each. */
enum DriverMode {
    /** Statement Execution API. */
    SEA(Map.of("UseThriftClient", "0"));

    private final Map<String, String> parameters;

    DriverMode(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** What the driver's URL has to say for this protocol. */
    Map<String, String> parameters() {
        return parameters;
    }
}
