/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.cameldatabricks.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Reads a large result once, in a small JVM, and prints how that went: {@code rows=… seconds=… live=… failure=…}. */
final class LargeResult {

    /** What the component tells the driver for streams. */
    static final Map<String, String> STREAMING = Map.of("cloudFetchThreadPoolSize", "2", "LinkPrefetchWindow", "16");

    private static final AtomicLong ROWS = new AtomicLong();

    private LargeResult() {}

    /** @param arguments {@code route} or {@code driver}; endpoint options or JDBC URL; rows in a group */
    public static void main(String[] arguments) {
        SmallJvm.report(ROWS, () -> {
            if (arguments[0].equals("route")) {
                byRoute(arguments[1], Integer.parseInt(arguments[2]));
            } else {
                byDriver(arguments[1]);
            }
        });
    }

    private static void byRoute(String endpointOptions, int groupSize) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:go")
                            .to("databricks:benchmark?outputType=STREAM_LIST&rowGroupSize=" + groupSize + "&query=RAW("
                                    + StreamFigures.SQL + ")&" + endpointOptions)
                            .split(body())
                            .streaming()
                            .process(LargeResult::count);
                }
            });
            context.start();
            Exchange exchange = context.createProducerTemplate().request("direct:go", e -> {});
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        }
    }

    private static void count(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof List<?> group) {
            group.forEach(row -> read((Map<?, ?>) row));
        } else {
            read((Map<?, ?>) body);
        }
    }

    private static void read(Map<?, ?> row) {
        if (row.get("id") != null && row.get("name") != null && row.get("amount") != null) {
            ROWS.incrementAndGet();
        }
    }

    private static void byDriver(String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(StreamFigures.SQL)) {
            while (rows.next()) {
                if (rows.getObject(1) != null && rows.getObject(2) != null && rows.getObject(3) != null) {
                    ROWS.incrementAndGet();
                }
            }
        }
    }
}
