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

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The schemas of routes: that of the YAML DSL, and that of the XML DSL, which their readers bring. Each method
 * returns what is wrong, in words of the validators; empty when nothing is. Not thread-safe.
 */
final class RouteSchemas {

    private static final String YAML = "schema/camelYamlDsl.json";
    private static final String XML = "camel-xml-io.xsd";
    private static final String XML_NAMESPACE = "http://camel.apache.org/schema/xml-io";
    private static final YAMLMapper READER = new YAMLMapper();

    private final Schema yaml = json(SpecificationVersion.DRAFT_4, YAML);
    private final javax.xml.validation.Schema xml = xsd();

    /** @param routes a file or a block in the YAML DSL, which is a list */
    List<String> ofYaml(String routes) {
        return of(yaml, read(routes));
    }

    /** @param routes a list of the YAML DSL */
    List<String> ofYaml(JsonNode routes) {
        return of(yaml, routes);
    }

    /** @param routes a document whose root has no namespace, as Camel's reader of XML takes it */
    List<String> ofXml(String routes) {
        List<String> problems = new ArrayList<>();
        String named = routes.replaceFirst("<(\\w+)", "<$1 xmlns=\"" + XML_NAMESPACE + "\"");
        try {
            Validator validator = xml.newValidator();
            validator.setErrorHandler(new Collector(problems));
            validator.validate(new StreamSource(new StringReader(named)));
        } catch (SAXException e) {
            problems.add(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems;
    }

    static JsonNode read(String text) {
        try {
            return READER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param resource of the class path, in JSON or YAML */
    static JsonNode resource(String resource) {
        try (InputStream from = url(resource).openStream()) {
            return READER.readTree(from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema json(SpecificationVersion version, String resource) {
        return json(version, resource(resource));
    }

    static Schema json(SpecificationVersion version, JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(version).getSchema(schema);
    }

    static List<String> of(Schema schema, JsonNode node) {
        return schema.validate(node).stream().map(Error::toString).toList();
    }

    private static javax.xml.validation.Schema xsd() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(url(XML));
        } catch (SAXException e) {
            throw new IllegalStateException("Camel's schema of routes in XML cannot be read", e);
        }
    }

    private static URL url(String resource) {
        URL url = RouteSchemas.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new IllegalStateException("No " + resource + " on the class path");
        }
        return url;
    }

    private record Collector(List<String> problems) implements ErrorHandler {

        @Override
        public void warning(SAXParseException problem) {
            add(problem);
        }

        @Override
        public void error(SAXParseException problem) {
            add(problem);
        }

        @Override
        public void fatalError(SAXParseException problem) {
            add(problem);
        }

        private void add(SAXParseException problem) {
            problems.add("line " + problem.getLineNumber() + ": " + problem.getMessage());
        }
    }
}
