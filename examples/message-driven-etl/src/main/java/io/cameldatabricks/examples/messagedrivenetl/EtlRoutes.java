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

import java.nio.file.Path;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

import static io.cameldatabricks.component.DatabricksConstants.ALREADY_LOADED;
import static io.cameldatabricks.component.DatabricksConstants.LOAD_KEY;
import static io.cameldatabricks.component.DatabricksConstants.UPDATE_COUNT;

/**
 * Orders come in one by one; the warehouse gets them in batches, each of them once, whenever this process is killed.
 *
 * <p>What makes that so: the broker's own transaction decides which orders make a batch. From then on the batch is one
 * message, which comes again as it is until the warehouse has it, and the warehouse takes it once by its name.
 */
public final class EtlRoutes extends RouteBuilder {

    private static final long WAIT_FOR_NEXT_MS = 500;

    private final Path folder;

    /** @param folder for the reports, and for the handles of those that run */
    EtlRoutes(Path folder) {
        this.folder = folder;
    }

    @Override
    public void configure() {
        // the warehouse is busy, or the network is gone: the same step again, and the batch keeps its place
        errorHandler(defaultErrorHandler().maximumRedeliveries(10).redeliveryDelay(500));

        // tag::routes[]
        // tag::batches[]
        // taking up to 50 orders and sending one batch is a single transaction of the broker: all of it or nothing
        from("jms:queue:orders?transacted=true")
                .process(Batch::begin)
                .loopDoWhile(Batch::isOpen)
                .pollEnrich("jms:queue:orders", WAIT_FOR_NEXT_MS, Batch::add)
                .end()
                .process(Batch::end)
                .to("jms:queue:batches");

        // the broker forgets a batch when the end of this route is reached; what was done before is then done again,
        // and changes nothing: the file has its name from that of the batch, and MERGE writes rows by their key
        from("jms:queue:batches?transacted=true")
                .unmarshal()
                .json(List.class)
                .setHeader(LOAD_KEY, header(Batch.NAME))
                .to("databricks:etl?operation=LOAD&table=main.etl.orders"
                        + "&volumePath=/Volumes/main/etl/landing&noop=true")
                .process(exchange -> say(exchange, loaded(exchange)))
                .to("databricks:etl?operation=MERGE&table=main.etl.customers&mergeKeys=customer_id"
                        + "&versionColumn=order_id&columns=customer_id,name,city,order_id"
                        + "&onDuplicateKey=LAST_WINS&noop=true")
                .to(reports() + "&operation=SUBMIT&carryHeaders=batch&query=classpath:sql/report.sql")
                .process(exchange -> say(exchange, "is done, its report is under way"));
        // end::batches[]

        // a report may come twice; the file is the same one then, and the broker drops what it has had
        from(reports() + "&outputType=CSV")
                .convertBodyTo(String.class)
                .to("file:" + folder.resolve("reports") + "?fileName=${header.batch}.csv")
                .setHeader(Shop.DUPLICATE_ID, header(Batch.NAME))
                .to("jms:topic:reports");
        // end::routes[]
    }

    private String reports() {
        return "databricks:reports?durable=true&dataDir=" + folder.resolve("handles");
    }

    private static String loaded(Exchange exchange) {
        return exchange.getMessage().getHeader(ALREADY_LOADED, Boolean.class)
                ? "comes again; the warehouse has it"
                : "is loaded, " + exchange.getMessage().getHeader(UPDATE_COUNT) + " orders";
    }

    private static void say(Exchange exchange, String what) {
        System.out.println("batch " + exchange.getMessage().getHeader(Batch.NAME) + " " + what);
    }
}
