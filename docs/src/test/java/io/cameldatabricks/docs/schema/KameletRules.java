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
package io.cameldatabricks.docs.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SpecificationVersion;

/**
 * What is wrong with a Kamelet: by the definition of its kind, as a Kubernetes that takes no unknown field does; by the schema
 * of the route template that Camel makes of it; and by its own parameters. Not thread-safe.
 */
final class KameletRules {

    private static final String KIND = "camel.apache.org_kamelets.yaml";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}:]+)}}");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RouteSchemas routes;
    private final Schema kind = RouteSchemas.json(SpecificationVersion.DRAFT_4, closed(kamelet()));

    KameletRules(RouteSchemas routes) {
        this.routes = routes;
    }

    List<String> problems(String text) {
        JsonNode kamelet = RouteSchemas.read(text);
        JsonNode definition = kamelet.at("/spec/definition");
        List<String> problems = new ArrayList<>(RouteSchemas.of(kind, kamelet));
        if (kamelet.at("/spec/template") instanceof ObjectNode template) {
            problems.addAll(routes.ofYaml(asRouteTemplate(kamelet, definition, template)));
        } else {
            problems.add("there is no template");
        }
        problems.addAll(parameters(definition, kamelet.at("/spec/template").toString()));
        return problems;
    }

    private static JsonNode kamelet() {
        return StreamSupport.stream(
                        RouteSchemas.resource(KIND).at("/spec/versions").spliterator(), false)
                .filter(version -> version.path("name").asText().equals("v1"))
                .findFirst()
                .orElseThrow()
                .at("/schema/openAPIV3Schema");
    }

    /** A field that a definition does not name is an error, but where it says that it keeps any. */
    private static JsonNode closed(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        close(copy);
        return copy;
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(KameletRules::close);
    }

    /** As Camel does it: the properties are the parameters of the template, those that are not required with their defaults. */
    private static JsonNode asRouteTemplate(JsonNode kamelet, JsonNode definition, ObjectNode body) {
        ObjectNode template =
                JSON.objectNode().put("id", kamelet.at("/metadata/name").asText());
        ArrayNode parameters = template.putArray("parameters");
        definition.path("properties").properties().forEach(property -> {
            ObjectNode parameter = parameters.addObject().put("name", property.getKey());
            if (property.getValue().has("default")) {
                parameter.put(
                        "defaultValue", property.getValue().path("default").asText());
            }
            parameter.put("required", isRequired(definition, property.getKey()));
        });
        template.setAll(body.deepCopy());
        return JSON.arrayNode().add(JSON.objectNode().set("routeTemplate", template));
    }

    private static boolean isRequired(JsonNode definition, String name) {
        return StreamSupport.stream(definition.path("required").spliterator(), false)
                .anyMatch(required -> required.asText().equals(name));
    }

    /** Each is used and described, and has a value of its own type, or must be given. */
    private static List<String> parameters(JsonNode definition, String template) {
        List<String> problems = new ArrayList<>();
        TreeSet<String> used = PLACEHOLDER
                .matcher(template)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> defined = new TreeSet<>();
        for (Map.Entry<String, JsonNode> property :
                definition.path("properties").properties()) {
            String name = property.getKey();
            JsonNode schema = property.getValue();
            defined.add(name);
            if (schema.has("default") == isRequired(definition, name)) {
                problems.add(name + " must either be required or have a default");
            }
            if (schema.path("title").asText().isEmpty()
                    || schema.path("description").asText().isEmpty()) {
                problems.add(name + " has no title or no description");
            }
            for (String value : List.of("default", "example")) {
                if (schema.has(value)) {
                    RouteSchemas.of(RouteSchemas.json(SpecificationVersion.DRAFT_4, schema), schema.path(value))
                            .forEach(problem -> problems.add(value + " of " + name + problem));
                }
            }
        }
        definition.path("required").forEach(required -> {
            if (!defined.contains(required.asText())) {
                problems.add(required.asText() + " is required and not defined");
            }
        });
        if (!used.equals(defined)) {
            problems.add("the template uses " + used + ", and these are defined: " + defined);
        }
        return problems;
    }
}
