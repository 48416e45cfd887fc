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

import java.util.ArrayList;
import java.util.List;

import org.apache.camel.Exchange;

/** Orders that become one message: a JSON array in the order in which they came. */
final class Batch {

    static final int SIZE = 50;

    /** The header by which a batch is known: its first and its last order. */
    static final String NAME = "batch";

    private static final String ORDERS = "orders";
    private static final String COMPLETE = "complete";

    private Batch() {}

    /** With the order that the exchange has come with. */
    static void begin(Exchange exchange) {
        exchange.setProperty(ORDERS, new ArrayList<Exchange>());
        exchange.setProperty(COMPLETE, false);
        add(exchange, exchange.copy());
    }

    /** @param order the next one, or null when none came in time */
    static Exchange add(Exchange batch, Exchange order) {
        List<Exchange> orders = orders(batch);
        if (order != null) {
            orders.add(order);
        }
        batch.setProperty(COMPLETE, order == null || orders.size() == SIZE);
        return batch;
    }

    static boolean isOpen(Exchange exchange) {
        return !exchange.getProperty(COMPLETE, Boolean.class);
    }

    /** The message is the batch now. */
    static void end(Exchange exchange) {
        List<Exchange> orders = orders(exchange);
        List<String> texts = orders.stream()
                .map(order -> order.getMessage().getBody(String.class))
                .toList();
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(NAME, number(orders.get(0)) + "-" + number(orders.get(orders.size() - 1)));
        exchange.getMessage().setBody("[" + String.join(",\n", texts) + "]");
    }

    private static String number(Exchange order) {
        return String.format("%04d", order.getMessage().getHeader(Shop.ORDER, Long.class));
    }

    @SuppressWarnings("unchecked")
    private static List<Exchange> orders(Exchange batch) {
        return batch.getProperty(ORDERS, List.class);
    }
}
