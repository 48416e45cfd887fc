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
package io.cameldatabricks.examples.quickstart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.SoftAssertions;

/**
 * An expected answer as text.
 *
 * @param columns column names
 * @param rows cells in the order of the columns
 */
record Answer(List<String> columns, List<List<String>> rows) {

    /** Compares cell by cell: averages to two decimals, as the TPC-H specification allows, everything else exactly. */
    void assertSameAs(List<? extends Map<String, Object>> actual) {
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(actual).hasSameSizeAs(rows);
        for (int r = 0; r < Math.min(rows.size(), actual.size()); r++) {
            Map<String, Object> row = actual.get(r);
            softly.assertThat(row.keySet()).containsExactlyElementsOf(columns);
            for (int c = 0; c < columns.size(); c++) {
                String column = columns.get(c);
                String expected = rows.get(r).get(c);
                Object value = row.get(column);
                String cell = "row " + (r + 1) + ", " + column;
                if (column.startsWith("avg_")) {
                    softly.assertThat(twoDecimals(String.valueOf(value)))
                            .as(cell)
                            .isEqualTo(twoDecimals(expected));
                } else if (value instanceof Number) {
                    softly.assertThat(new BigDecimal(value.toString())).as(cell).isEqualByComparingTo(expected);
                } else {
                    softly.assertThat(String.valueOf(value)).as(cell).isEqualTo(expected);
                }
            }
        }
        softly.assertAll();
    }

    private static BigDecimal twoDecimals(String number) {
        return new BigDecimal(number).setScale(2, RoundingMode.HALF_UP);
    }
}
