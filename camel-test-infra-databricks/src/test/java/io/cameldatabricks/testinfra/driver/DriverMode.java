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
package io.cameldatabricks.testinfra.driver;

import java.util.Map;

/** A protocol that the driver can speak; every JDBC test runs once in each. */
enum DriverMode {
    /** Statement Execution API. */
    SEA(Map.of("UseThriftClient", "0")),
    /** Thrift over HTTP. */
    THRIFT(Map.of("UseThriftClient", "1"));

    private final Map<String, String> parameters;

    DriverMode(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** What the driver's URL has to say for this protocol. */
    Map<String, String> parameters() {
        return parameters;
    }
}
