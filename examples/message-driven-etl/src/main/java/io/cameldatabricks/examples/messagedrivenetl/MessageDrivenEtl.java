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

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.springframework.jms.connection.CachingConnectionFactory;

import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

/**
 * Starts the local warehouse, a shop that sends orders, and the process that brings them into the warehouse. Kills that
 * process where it hurts, starts it again, and in the end compares what was sent with what is there.
 */
public final class MessageDrivenEtl {

    private static final int ORDERS = 300;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final LocalWarehouseProcess warehouse;
    private final Path folder;
    private final PrintStream out;
    private final int port;

    /** @param folder for the broker's journal, the handles and the reports */
    MessageDrivenEtl(LocalWarehouseProcess warehouse, Path folder, PrintStream out) throws IOException {
        this.warehouse = warehouse;
        this.folder = folder;
        this.out = out;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("message-driven-etl-");
        System.out.println("Starting the local warehouse ...");
        boolean kept;
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark())) {
            kept = new MessageDrivenEtl(warehouse, folder, System.out).run(ORDERS, kills(new Random()));
        }
        System.out.println("\nThe reports are in " + folder.resolve("reports"));
        System.exit(kept ? 0 : 1);
    }

    private static List<Kill> kills(Random random) {
        return List.of(
                new Kill("a batch is loaded, and the broker has not heard of it", " is loaded", 2, Duration.ZERO),
                new Kill("at a random moment", "is up", 1, Duration.ofMillis(1_000 + random.nextInt(6_000))));
    }

    /**
     * @param kills one after the other; the process is started again after each
     * @return whether every order is in the warehouse once, and the rest fits
     */
    boolean run(int orders, List<Kill> kills) throws Exception {
        Shop shop = new Shop(Order.first(orders), out);
        try (ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port)) {
            Main main = connect();
            main.bind("connections", new CachingConnectionFactory(connections));
            main.configure().addRoutesBuilder(shop);
            main.start();
            try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
                sql(template, "tables");
                out.println("The shop begins to send " + orders + " orders.\n");
                main.getCamelContext().getRouteController().startAllRoutes();
                for (Kill kill : kills) {
                    killOnce(kill);
                }
                try (EtlProcess last = etl()) {
                    shop.await(last::isAlive, LIMIT);
                }
                Books books = new Books(
                        Order.first(orders),
                        sql(template, "loaded").get(0),
                        sql(template, "customers"),
                        shop.lastReport(),
                        shop.reported());
                books.print(out);
                return books.balance();
            } finally {
                main.stop();
            }
        }
    }

    private void killOnce(Kill kill) throws Exception {
        try (EtlProcess etl = etl()) {
            etl.kill(kill, LIMIT);
        }
        out.printf("%n*** kill -9, %s. Broker, routes and connections are gone.%n%n", kill.when());
    }

    private EtlProcess etl() throws IOException {
        return new EtlProcess(folder, port, warehouse.environment(), out);
    }

    /** The same three options, with another host, warehouse and token, reach a real workspace. */
    private Main connect() {
        Main main = new Main();
        main.addInitialProperty("camel.component.databricks.host", warehouse.httpUrl());
        main.addInitialProperty("camel.component.databricks.warehouseId", warehouse.warehouseId());
        // by reference: Camel warns about secrets that are written out
        main.addInitialProperty("warehouse.token", warehouse.token());
        main.addInitialProperty("camel.component.databricks.accessToken", "{{warehouse.token}}");
        return main;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> sql(ProducerTemplate template, String file) {
        return template.requestBody("databricks:etl?query=classpath:sql/" + file + ".sql", (Object) null, List.class);
    }
}
