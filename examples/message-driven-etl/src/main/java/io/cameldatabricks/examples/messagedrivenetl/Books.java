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
package io.cameldatabricks.examples.messagedrivenetl;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was sent beside what has arrived.
 *
 * @param orders that were sent
 * @param loaded the row of loaded.sql
 * @param customers the rows of the dimension
 * @param report the last one, as CSV
 * @param reports how many batches have one
 */
record Books(
        List<Order> orders,
        Map<String, Object> loaded,
        List<Map<String, Object>> customers,
        String report,
        int reports) {

    /** Whether all is there, and nothing twice. */
    boolean balance() {
        return rows() == orders.size()
                && different() == orders.size()
                && number(loaded.get("cents")) == cents()
                && wrongCustomers() == 0
                && customers.size() == latest().size()
                && Shop.orders(report) == orders.size()
                && turnover().movePointRight(2).longValueExact() == cents();
    }

    void print(PrintStream out) {
        out.printf("%n                 sent  in Delta  in the report%n");
        out.printf(Locale.ROOT, "orders     %10d%10d%15d%n", orders.size(), rows(), Shop.orders(report));
        out.printf(
                Locale.ROOT,
                "turnover   %10.2f%10.2f%15.2f%n",
                cents() / 100.0,
                number(loaded.get("cents")) / 100.0,
                turnover());
        out.printf(Locale.ROOT, "customers  %10d%10d%n", latest().size(), customers.size());
        out.printf(
                "%n%d orders lost, %d orders twice, %d customers as of an old order, %d reports%n",
                orders.size() - different(), rows() - different(), wrongCustomers(), reports);
    }

    private long rows() {
        return number(loaded.get("orders"));
    }

    private long different() {
        return number(loaded.get("different"));
    }

    private long cents() {
        return orders.stream().mapToLong(Order::cents).sum();
    }

    private BigDecimal turnover() {
        return report.lines()
                .skip(1)
                .map(line -> new BigDecimal(line.split(",")[2]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** By customer. */
    private Map<Long, Order> latest() {
        return orders.stream()
                .collect(Collectors.toMap(Order::customer, Function.identity(), (earlier, later) -> later));
    }

    private long wrongCustomers() {
        Map<Long, Order> latest = latest();
        return customers.stream()
                .filter(row -> {
                    Order order = latest.get(number(row.get("customer_id")));
                    return order == null
                            || order.id() != number(row.get("order_id"))
                            || !order.city().equals(row.get("city"))
                            || !order.name().equals(row.get("name"));
                })
                .count();
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
