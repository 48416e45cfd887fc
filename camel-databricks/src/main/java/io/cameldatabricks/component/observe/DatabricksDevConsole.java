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
package io.cameldatabricks.component.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/**
 * The page of the developer console: pools, rate limiters, handles by state with the oldest ones, last errors. Shows no SQL
 * text, no values and no credentials, and asks no warehouse.
 */
@DevConsole(
        name = "databricks",
        displayName = "Databricks",
        description = "Pools, rate limiters, handles and last errors of the Databricks component")
public class DatabricksDevConsole extends AbstractDevConsole {

    @Metadata(
            label = "query",
            description = "How many of the oldest handles of each name and state are shown",
            javaType = "java.lang.Integer",
            defaultValue = "5")
    public static final String OLDEST = "oldest";

    private static final int DEFAULT_OLDEST = 5;
    private static final int MOST_OLDEST = 100;

    public DatabricksDevConsole() {
        super("camel", "databricks", "Databricks", "Pools, rate limiters, handles and last errors");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        snapshots(options)
                .forEach(snapshot -> text.append(ConsoleText.of(snapshot)).append('\n'));
        return text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray components = new JsonArray();
        snapshots(options).forEach(snapshot -> components.add(ConsoleJson.of(snapshot)));
        JsonObject json = new JsonObject();
        json.put("components", components);
        return json;
    }

    private List<ConsoleSnapshot> snapshots(Map<String, Object> options) {
        int oldest = Math.max(0, Math.min(MOST_OLDEST, optionInt(options, OLDEST, DEFAULT_OLDEST)));
        List<ConsoleSnapshot> snapshots = new ArrayList<>();
        getCamelContext().hasServices(ConsoleSource.class).forEach(source -> snapshots.add(source.snapshot(oldest)));
        snapshots.sort(Comparator.comparing(ConsoleSnapshot::component));
        return snapshots;
    }
}
