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
import java.util.List;

import io.cameldatabricks.benchmarks.Figure.Measurement;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

import static io.cameldatabricks.benchmarks.Benchmarks.number;

/** What a statement costs through the unmodified driver, on the local warehouse. */
final class DriverFigures {

    private DriverFigures() {}

    static List<Figure> all() {
        return List.of(new Figure(
                "select1-p50",
                "SELECT 1 through the driver on the Spark warehouse, one connection, median of 300 after 200",
                "<= 40 ms",
                DriverFigures::selectOne));
    }

    private static Measurement selectOne() throws Exception {
        Samples spark = selectOne(WarehouseOptions.spark());
        Samples scripted = selectOne(WarehouseOptions.scripted());
        System.out.printf(
                "Spark p99 %s ms, scripted p99 %s ms%n", number(spark.millis(99)), number(scripted.millis(99)));
        return new Measurement(
                spark.millis(50),
                "ms",
                number(scripted.millis(50)) + " ms on the scripted warehouse (the driver's floor)");
    }

    private static Samples selectOne(WarehouseOptions options) throws Exception {
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(options);
                Connection connection = DriverManager.getConnection(warehouse.jdbcUrl())) {
            return Samples.of(200, 300, () -> WarehouseFigures.query(connection, "SELECT 1"));
        }
    }
}
