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
package io.cameldatabricks.testinfra;

import java.util.List;

import io.cameldatabricks.testinfra.launch.ForegroundWarehouse;

/** Runs a local warehouse in the foreground until Ctrl-C: {@code java -jar camel-test-infra-databricks.jar --help}. */
public final class Main {

    private Main() {}

    /** @param arguments the options that {@code --help} lists */
    public static void main(String[] arguments) {
        try {
            System.exit(ForegroundWarehouse.run(List.of(arguments)));
        } catch (LocalWarehouseException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
