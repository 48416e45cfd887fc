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
package io.cameldatabricks.examples.springboot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/** The reports that have arrived. A delivery that comes twice changes nothing. Safe for many threads. */
@Component
class FinishedReports {

    private final Map<String, Report> reports = new ConcurrentHashMap<>();

    /**
     * A report that has come to its end.
     *
     * @param rows null when it failed
     * @param failure null when it did not
     */
    record Report(String id, List<Map<String, Object>> rows, String failure) {}

    void succeeded(String id, List<Map<String, Object>> rows) {
        reports.put(id, new Report(id, rows, null));
    }

    void failed(String id, String failure) {
        reports.put(id, new Report(id, null, failure));
    }

    Optional<Report> find(String id) {
        return Optional.ofNullable(reports.get(id));
    }
}
