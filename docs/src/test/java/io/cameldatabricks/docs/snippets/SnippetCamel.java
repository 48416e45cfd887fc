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
package io.cameldatabricks.docs.snippets;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.cameldatabricks.component.DatabricksComponent;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the routes of a page. The component is connected to a local warehouse by its options, as a page says; brokers,
 * schedulers and files are played by queues in memory.
 */
public final class SnippetCamel implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PLAYED = List.of("jms", "kafka", "quartz", "file");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate producer;
    private final ConsumerTemplate consumer;

    public SnippetCamel(LocalWarehouseProcess warehouse) {
        PLAYED.forEach(scheme -> context.addComponent(scheme, new StubComponent()));
        context.getShutdownStrategy().setTimeout(5);
        DatabricksComponent databricks = context.getComponent("databricks", DatabricksComponent.class);
        databricks.getWorkspace().setHost(warehouse.httpUrl());
        databricks.getWorkspace().setWarehouseId(warehouse.warehouseId());
        databricks.getWorkspace().setAccessToken(warehouse.token());
        context.start();
        producer = context.createProducerTemplate();
        consumer = context.createConsumerTemplate();
    }

    public CamelContext context() {
        return context;
    }

    public void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    public void start(RoutesBuilder routes) throws Exception {
        context.addRoutes(routes);
    }

    /** Starts the routes of a file in YAML or XML, or takes a Kamelet. */
    public void load(String resource) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.resolveMandatoryResource(context, resource));
    }

    /** Sends one way to whatever a route reads from. */
    public void send(String uri, Object body, Map<String, Object> headers) {
        producer.sendBodyAndHeaders(uri, body, headers);
    }

    public void send(String uri, Object body) {
        send(uri, body, Map.of());
    }

    /** Sends and waits for the answer; a failure stays in the exchange. */
    public Exchange request(String uri, Object body, Map<String, Object> headers) {
        return producer.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    public Exchange request(String uri, Object body) {
        return request(uri, body, Map.of());
    }

    /** What a route has sent to a queue, a topic or a file. */
    public Object body(String uri) {
        return receive(uri).getMessage().getBody();
    }

    /** The same as text, a stream read to its end. */
    public String text(String uri) {
        Exchange exchange = await(uri);
        try {
            return exchange.getMessage().getBody(String.class);
        } finally {
            consumer.doneUoW(exchange);
        }
    }

    public Exchange receive(String uri) {
        Exchange exchange = await(uri);
        consumer.doneUoW(exchange);
        return exchange;
    }

    private Exchange await(String uri) {
        Exchange exchange = consumer.receive(uri, PATIENCE.toMillis());
        assertThat(exchange).as("something at " + uri).isNotNull();
        return exchange;
    }

    @Override
    public void close() {
        context.stop();
    }
}
