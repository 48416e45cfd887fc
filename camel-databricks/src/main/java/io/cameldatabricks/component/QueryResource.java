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
package io.cameldatabricks.component;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

import io.cameldatabricks.component.sql.ParsedScript;

/**
 * Reads the option {@code query}, which is SQL text or names a file that holds it. Stateless.
 */
final class QueryResource {

    private QueryResource() {}

    /**
     * @param option SQL text, {@code classpath:} or {@code file:} with a location, or null
     * @return null when there is none
     * @throws IllegalArgumentException when the file is missing or empty, or when the SQL is malformed
     */
    static ParsedScript load(CamelContext context, String option) throws IOException {
        if (option == null || option.isBlank()) {
            return null;
        }
        boolean resource = option.startsWith("classpath:") || option.startsWith("file:");
        String sql = resource ? read(context, option) : option;
        if (sql.isBlank()) {
            throw new IllegalArgumentException(
                    "The option query names an empty file, " + option + ": put SQL into it.");
        }
        try {
            return ParsedScript.parse(sql);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The option query is malformed: " + e.getMessage(), e);
        }
    }

    private static String read(CamelContext context, String location) throws IOException {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, location)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException(
                    "The option query names a file that does not exist, " + location
                            + ": create it or correct the name.",
                    e);
        }
    }
}
