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

import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;

import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** A snapshot as JSON. Times are ISO 8601; what is not known is left out. Stateless. */
final class ConsoleJson {

    private ConsoleJson() {}

    static JsonObject of(ConsoleSnapshot snapshot) {
        JsonObject json = new JsonObject();
        json.put("component", snapshot.component());
        json.put("takenAt", snapshot.takenAt().toString());
        json.put("pools", array(snapshot.pools(), ConsoleJson::pool));
        json.put("limiters", array(snapshot.limiters(), ConsoleJson::limiter));
        json.put("names", array(snapshot.names(), ConsoleJson::name));
        json.put("errors", array(snapshot.errors(), ConsoleJson::error));
        return json;
    }

    private static JsonObject pool(ConsoleSnapshot.Pool pool) {
        JsonObject json = new JsonObject();
        json.put("label", pool.label());
        json.put("open", pool.stats().open());
        json.put("inUse", pool.stats().inUse());
        json.put("waiting", pool.stats().waiting());
        json.put("most", pool.most());
        json.put("queued", pool.queued());
        return json;
    }

    private static JsonObject limiter(ConsoleSnapshot.Limiter limiter) {
        JsonObject json = new JsonObject();
        json.put("workspace", limiter.workspace());
        json.put("rate", limiter.rate());
        json.put("waiting", limiter.waiting());
        json.put("refusals", limiter.refusals());
        json.put("pauseMillis", limiter.pause().toMillis());
        return json;
    }

    private static JsonObject name(ConsoleSnapshot.Name name) {
        JsonObject json = new JsonObject();
        json.put("name", name.name());
        json.put("kept", name.kept());
        json.put("watched", name.watched());
        JsonObject counts = new JsonObject();
        name.counts().forEach((state, count) -> counts.put(state.name(), count));
        json.put("counts", counts);
        json.put("oldest", array(name.oldest(), ConsoleJson::handle));
        put(json, "trouble", name.trouble());
        return json;
    }

    private static JsonObject handle(ConsoleSnapshot.Handle handle) {
        JsonObject json = new JsonObject();
        json.put("key", handle.key());
        json.put("state", handle.state().name());
        put(json, "statementId", handle.statementId());
        put(json, "serverState", handle.serverState());
        put(json, "intendedAt", text(handle.intendedAt()));
        put(json, "completedAt", text(handle.completedAt()));
        json.put("deliveries", handle.deliveries());
        put(json, "reason", handle.reason());
        return json;
    }

    private static JsonObject error(RecentError error) {
        JsonObject json = new JsonObject();
        json.put("at", error.at().toString());
        json.put("where", error.where());
        json.put("what", error.what());
        json.put("error", error.error());
        put(json, "message", error.message());
        put(json, "statementId", error.statementId());
        put(json, "sqlState", error.sqlState());
        put(json, "errorCode", error.errorCode());
        return json;
    }

    private static <T> JsonArray array(Collection<T> values, Function<T, JsonObject> mapping) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(mapping.apply(value)));
        return array;
    }

    private static void put(JsonObject json, String key, String value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
