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
package io.cameldatabricks.examples.quickstart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.trino.tpch.Customer;
import io.trino.tpch.LineItem;
import io.trino.tpch.Order;
import io.trino.tpch.TpchTable;

/** The same queries in plain Java, straight from the generator: what the answers must be where none are published. */
final class ReferenceAnswers {

    private static final List<String> Q01 = PublishedAnswers.of("q01").columns();
    private static final List<String> Q03 = PublishedAnswers.of("q03").columns();
    private static final List<String> Q06 = PublishedAnswers.of("q06").columns();

    private final double scaleFactor;

    ReferenceAnswers(double scaleFactor) {
        this.scaleFactor = scaleFactor;
    }

    Answer q01(int days) {
        long last = LocalDate.of(1998, 12, 1).minusDays(days).toEpochDay();
        Map<String, Totals> groups = new TreeMap<>();
        for (LineItem line : TpchTable.LINE_ITEM.createGenerator(scaleFactor, 1, 1)) {
            if (line.getShipDate() <= last) {
                groups.computeIfAbsent(line.getReturnFlag() + "|" + line.getStatus(), key -> new Totals())
                        .add(line);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        groups.forEach((key, totals) -> rows.add(totals.row(key)));
        return new Answer(Q01, rows);
    }

    Answer q03(String segment, LocalDate date) {
        Set<Long> customers = new HashSet<>();
        for (Customer customer : TpchTable.CUSTOMER.createGenerator(scaleFactor, 1, 1)) {
            if (customer.getMarketSegment().equals(segment)) {
                customers.add(customer.getCustomerKey());
            }
        }
        Map<Long, Order> orders = new HashMap<>();
        for (Order order : TpchTable.ORDERS.createGenerator(scaleFactor, 1, 1)) {
            if (order.getOrderDate() < date.toEpochDay() && customers.contains(order.getCustomerKey())) {
                orders.put(order.getOrderKey(), order);
            }
        }
        Map<Long, BigDecimal> revenues = new HashMap<>();
        for (LineItem line : TpchTable.LINE_ITEM.createGenerator(scaleFactor, 1, 1)) {
            if (line.getShipDate() > date.toEpochDay() && orders.containsKey(line.getOrderKey())) {
                revenues.merge(line.getOrderKey(), discounted(line), BigDecimal::add);
            }
        }
        List<List<String>> rows = revenues.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<Long, BigDecimal>::getValue)
                        .reversed()
                        .thenComparing(entry -> orders.get(entry.getKey()).getOrderDate()))
                .limit(10)
                .map(entry -> {
                    Order order = orders.get(entry.getKey());
                    return List.of(
                            String.valueOf(order.getOrderKey()),
                            entry.getValue().toPlainString(),
                            LocalDate.ofEpochDay(order.getOrderDate()).toString(),
                            String.valueOf(order.getShipPriority()));
                })
                .toList();
        return new Answer(Q03, rows);
    }

    Answer q06(LocalDate date, int discountPercent, int quantity) {
        BigDecimal revenue = BigDecimal.ZERO;
        for (LineItem line : TpchTable.LINE_ITEM.createGenerator(scaleFactor, 1, 1)) {
            if (line.getShipDate() >= date.toEpochDay()
                    && line.getShipDate() < date.plusYears(1).toEpochDay()
                    && Math.abs(line.getDiscountPercent() - discountPercent) <= 1
                    && line.getQuantity() < quantity) {
                revenue = revenue.add(price(line).multiply(hundredths(line.getDiscountPercent())));
            }
        }
        return new Answer(Q06, List.of(List.of(revenue.toPlainString())));
    }

    private static BigDecimal price(LineItem line) {
        return hundredths(line.getExtendedPriceInCents());
    }

    private static BigDecimal discounted(LineItem line) {
        return price(line).multiply(BigDecimal.ONE.subtract(hundredths(line.getDiscountPercent())));
    }

    private static BigDecimal hundredths(long value) {
        return BigDecimal.valueOf(value, 2);
    }

    private static final class Totals {
        private BigDecimal quantity = BigDecimal.ZERO;
        private BigDecimal basePrice = BigDecimal.ZERO;
        private BigDecimal discountedPrice = BigDecimal.ZERO;
        private BigDecimal charge = BigDecimal.ZERO;
        private BigDecimal discount = BigDecimal.ZERO;
        private long count;

        void add(LineItem line) {
            quantity = quantity.add(BigDecimal.valueOf(line.getQuantity()));
            basePrice = basePrice.add(price(line));
            discountedPrice = discountedPrice.add(discounted(line));
            charge = charge.add(discounted(line).multiply(BigDecimal.ONE.add(hundredths(line.getTaxPercent()))));
            discount = discount.add(hundredths(line.getDiscountPercent()));
            count++;
        }

        List<String> row(String key) {
            String[] flagAndStatus = key.split("\\|");
            return List.of(
                    flagAndStatus[0],
                    flagAndStatus[1],
                    quantity.toPlainString(),
                    basePrice.toPlainString(),
                    discountedPrice.toPlainString(),
                    charge.toPlainString(),
                    average(quantity),
                    average(basePrice),
                    average(discount),
                    String.valueOf(count));
        }

        private String average(BigDecimal sum) {
            return sum.divide(BigDecimal.valueOf(count), 8, RoundingMode.HALF_UP)
                    .toPlainString();
        }
    }
}
