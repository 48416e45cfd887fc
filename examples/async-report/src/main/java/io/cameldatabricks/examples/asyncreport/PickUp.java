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
package io.cameldatabricks.examples.asyncreport;

import java.util.List;
import java.util.Map;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

import io.cameldatabricks.examples.quickstart.TextTable;

/** Prints the rows of a statement that another program submitted. Environment variables say where to connect. */
public final class PickUp {

    private PickUp() {}

    /** @param args the text of a handle */
    @SuppressWarnings("unchecked")
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.start();
        try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
            List<Map<String, Object>> rows =
                    template.requestBody("databricks:elsewhere?operation=RESULT&resultTimeout=1m", args[0], List.class);
            System.out.print(TextTable.render(rows));
        } finally {
            main.stop();
        }
    }
}
