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
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

import static io.cameldatabricks.benchmarks.Benchmarks.number;

/** What the component adds to the driver and the pool, side by side with hand-written JDBC on the same pool settings. */
final class ComponentFigures {

    private static final int WARM_UP = 3_000;
    private static final int COUNT = 5_000;

    private ComponentFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "execute-one-row",
                        "EXECUTE of a one-row query through a ProducerTemplate, scripted warehouse, median",
                        "<= 1.2 x baseline",
                        () -> execute(1)),
                new Figure(
                        "execute-1000-rows",
                        "EXECUTE of a query of 1,000 rows, scripted warehouse, median",
                        "<= 1.1 x baseline",
                        () -> execute(1_000)));
    }

    private static Measurement execute(int rows) throws Exception {
        int count = rows == 1 ? COUNT : COUNT / 10;
        int warmUp = rows == 1 ? WARM_UP : WARM_UP / 10;
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.scripted());
                DefaultCamelContext context = new DefaultCamelContext();
                HikariDataSource pool = pool(warehouse)) {
            warehouse.script(Script.statement("SELECT * FROM t")
                    .column("id", "BIGINT")
                    .column("name", "STRING")
                    .column("amount", "DECIMAL(18,2)")
                    .row(1L, "one", "1.50")
                    .repeat(rows));
            context.start();
            Endpoint endpoint =
                    context.getEndpoint("databricks:benchmark?query=SELECT * FROM t&" + warehouse.endpointOptions());
            try (ProducerTemplate template = context.createProducerTemplate()) {
                // in turn, so that compiled code, warm caches and a busy machine touch both alike
                Samples[] both = Samples.inTurn(
                        warmUp, count, () -> template.requestBody(endpoint, null, List.class), () -> byHand(pool));
                return new Measurement(
                        both[0].millis(50), "ms", number(both[1].millis(50)) + " ms by hand with JDBC and HikariCP");
            }
        }
    }

    static HikariDataSource pool(LocalWarehouseProcess warehouse) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(warehouse.jdbcUrl());
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static List<Map<String, Object>> byHand(HikariDataSource pool) throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
            List<Map<String, Object>> list = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns; i++) {
                    row.put(rows.getMetaData().getColumnLabel(i), rows.getObject(i));
                }
                list.add(row);
            }
            return list;
        }
    }
}
