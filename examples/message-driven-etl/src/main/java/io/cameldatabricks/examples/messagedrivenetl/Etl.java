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
package io.cameldatabricks.examples.messagedrivenetl;

import java.nio.file.Path;

import org.apache.camel.main.Main;

/** The program that is killed: the broker and the routes. Environment variables say where the warehouse is. */
public final class Etl {

    private Etl() {}

    /** @param args a folder, and the port of the broker */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (Broker broker = Broker.start(folder.resolve("broker"), Integer.parseInt(args[1]))) {
            System.out.println("is up");
            Main main = new Main();
            main.bind("connections", broker.connections());
            main.configure().addRoutesBuilder(new EtlRoutes(folder));
            main.run();
        }
    }
}
