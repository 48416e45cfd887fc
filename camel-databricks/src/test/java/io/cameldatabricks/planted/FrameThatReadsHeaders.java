package io.cameldatabricks.planted;

import org.apache.camel.Exchange;

/** Reads a header beside the reader. */
public final class FrameThatReadsHeaders {

    private FrameThatReadsHeaders() {}

    public static Object read(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelAnything");
    }
}
