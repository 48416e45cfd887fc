package io.cameldatabricks.component;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context for one test. */
final class RunningContext implements AutoCloseable {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    RunningContext() {
        context.start();
        template = context.createProducerTemplate();
    }

    CamelContext context() {
        return context;
    }

    DatabricksComponent component() {
        return context.getComponent("databricks", DatabricksComponent.class);
    }

    ProducerTemplate template() {
        return template;
    }

    Exchange send(String uri, Object body, Map<String, Object> headers) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
    }

    Exchange send(String uri) {
        return send(uri, null, Map.of());
    }

    @Override
    public void close() {
        context.stop();
    }
}
