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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** Sends orders to the broker, and hears of the reports. It outlives the kills. */
final class Shop extends RouteBuilder {

    /** The header with the number of an order. */
    static final String ORDER = "order";

    /** What Artemis knows a message by that is sent again. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private static final int PAUSE_MS = 20;

    private final List<Order> orders;
    private final PrintStream out;

    // guarded by this
    private final Set<String> reports = new HashSet<>();
    private String last = "";
    private long heard;

    Shop(List<Order> orders, PrintStream out) {
        this.orders = orders;
        this.out = out;
    }

    @Override
    public void configure() {
        // no answer: the broker may have the order or not. It is sent until there is one, and the broker drops the
        // second.
        errorHandler(defaultErrorHandler()
                .maximumRedeliveries(-1)
                .redeliveryDelay(200)
                .retryAttemptedLogLevel(LoggingLevel.OFF));

        from("timer:shop?repeatCount=1&delay=0")
                .autoStartup(false)
                .split(constant(orders))
                .setHeader(ORDER)
                .body(Order.class, Order::id)
                .setHeader(DUPLICATE_ID, header(ORDER).convertToString())
                .setBody()
                .body(Order.class, Order::json)
                .to("jms:queue:orders")
                .delay(PAUSE_MS);

        from("jms:topic:reports?subscriptionShared=true&subscriptionDurable=true&subscriptionName=shop&recoveryInterval=500")
                .autoStartup(false)
                .process(this::hear);
    }

    private synchronized void hear(Exchange report) {
        String csv = report.getMessage().getBody(String.class);
        reports.add(report.getMessage().getHeader(Batch.NAME, String.class));
        out.printf("shop  hears of %d orders so far%n", orders(csv));
        if (orders(csv) >= orders(last)) {
            last = csv;
        }
        heard = System.nanoTime();
        notifyAll();
    }

    /** Waits for a report that counts all orders; gives up when none comes for so long, or nobody is at work any more. */
    synchronized void await(BooleanSupplier atWork, Duration silence) throws InterruptedException {
        heard = System.nanoTime();
        while (orders(last) < orders.size() && atWork.getAsBoolean() && System.nanoTime() - heard < silence.toNanos()) {
            wait(1_000);
        }
    }

    /** The report with the most orders, as CSV. */
    synchronized String lastReport() {
        return last;
    }

    /** How many batches have a report that was heard of. */
    synchronized int reported() {
        return reports.size();
    }

    /** The sum of the column that says how many orders a city has. */
    static long orders(String csv) {
        return csv.lines()
                .skip(1)
                .mapToLong(line -> Long.parseLong(line.split(",")[1]))
                .sum();
    }
}
