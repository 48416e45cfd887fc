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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextTableTest {

    @Test
    void shouldAlignNumbersRightAndTextLeft() {
        assertThat(TextTable.render(List.of(row("a", 1), row("long name", 1000))))
                .isEqualTo("name          n\n---------  ----\na             1\nlong name  1000\n");
    }

    @Test
    void shouldShowNullsAndEmptyResults() {
        assertThat(TextTable.render(List.of(row(null, null)))).isEqualTo("name  n\n----  ----\nNULL  NULL\n");
        assertThat(TextTable.render(List.of())).isEqualTo("(no rows)\n");
    }

    private static Map<String, Object> row(String name, Integer n) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("n", n);
        return row;
    }
}
