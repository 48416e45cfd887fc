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
package io.cameldatabricks.testinfra.server.engine;

/**
 * A bound value of a statement, as text with a type, the way the Statement Execution API sends it.
 *
 * @param name the marker's name without colon, or null when the parameter is positional
 * @param ordinal the 1-based position, 0 when the parameter is named
 * @param type SQL type such as {@code INT} or {@code DECIMAL(18,2)}; never null ({@code STRING} is the wire's default)
 * @param value the value's text, or null for SQL NULL
 */
public record BoundParameter(String name, int ordinal, String type, String value) {}
