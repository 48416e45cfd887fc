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

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * One statement to run.
 *
 * @param name of its file in {@code sql/}
 * @param parameters its markers and their values
 */
public record Report(String name, Map<String, Object> parameters) {

    /** Is stopped half-way. */
    static final String ENDLESS = "endless";
    /** Is received by another program. */
    static final String LEFT_BEHIND = "left-behind";

    static final List<Report> ALL = List.of(
            new Report("q01", Map.of("days", 90)),
            new Report("q03", Map.of("segment", "BUILDING", "date", LocalDate.of(1995, 3, 15))),
            new Report(
                    "q06",
                    Map.of("date", LocalDate.of(1994, 1, 1), "discount", new BigDecimal("0.06"), "quantity", 24)),
            new Report("broken", Map.of()),
            new Report(ENDLESS, Map.of()),
            new Report(LEFT_BEHIND, Map.of()));
}
