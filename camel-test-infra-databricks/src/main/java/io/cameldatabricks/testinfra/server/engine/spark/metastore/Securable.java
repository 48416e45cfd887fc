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
package io.cameldatabricks.testinfra.server.engine.spark.metastore;

import java.util.List;

/**
 * Something that privileges are granted on.
 *
 * @param kind {@code CATALOG}, {@code SCHEMA}, {@code TABLE}, {@code VIEW}, {@code VOLUME}, {@code FUNCTION} …
 * @param name its full name, part by part, in lower case
 */
public record Securable(String kind, List<String> name) {

    public Securable {
        name = List.copyOf(name);
    }

    public String shownName() {
        return String.join(".", name);
    }
}
