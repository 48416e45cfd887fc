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

import java.io.IOException;
import java.time.Duration;

/** A program that uses a warehouse until its standard input ends; says which process the warehouse is. */
final class WarehouseUser {

    private WarehouseUser() {}

    public static void main(String[] arguments) throws IOException {
        WarehouseOptions options = WarehouseOptions.scripted();
        if (arguments.length > 0) {
            options = options.withWarehouseId(arguments[0]).asShared().withGrace(Duration.ofMillis(300));
        }
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(options)) {
            System.out.println(warehouse.pid());
            while (System.in.read() >= 0) {
                // until the end
            }
        }
    }
}
