package io.cameldatabricks.component;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** The metadata that the build generated. */
final class Metadata {

    private Metadata() {}

    static JsonObject read() throws Exception {
        try (InputStream in =
                DatabricksComponent.class.getResourceAsStream("/META-INF/io/cameldatabricks/component/databricks.json")) {
            return (JsonObject) Jsoner.deserialize(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
