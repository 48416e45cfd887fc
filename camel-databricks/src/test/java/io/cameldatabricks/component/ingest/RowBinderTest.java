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
package io.cameldatabricks.component.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.sql.SqlParameter;
import io.cameldatabricks.component.sql.TypedValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowBinderTest {

    /** Read by its components, in their order. */
    record Order(int orderId, String customer) {}

    /** Read by its getters. */
    public static class Bean {
        public String getName() {
            return "x";
        }

        public int getAmount() {
            return 7;
        }

        public boolean isPaid() {
            return true;
        }

        public String getBroken() {
            throw new IllegalStateException("hunter2");
        }
    }

    @Test
    void shouldReadMapsRecordsBeansListsAndArrays() {
        assertThat(values(binder("order_id,customer"), new Order(1, "a"))).containsExactly(1, "a");
        assertThat(values(binder("amount,name,paid"), new Bean())).containsExactly(7, "x", true);
        assertThat(values(binder("a,b"), Map.of("b", 2, "a", 1, "c", 3))).containsExactly(1, 2);
        assertThat(values(binder("a,b"), List.of(1, 2))).containsExactly(1, 2);
        assertThat(values(binder("a,b"), new Object[] {1, 2})).containsExactly(1, 2);
        assertThat(values(binder("a,b"), new int[] {1, 2})).containsExactly(1, 2);
    }

    @Test
    void shouldTakeTheColumnsOfTheFirstRow() {
        RowBinder records = binder(null);
        records.bind(1, new Order(1, "a"));
        assertThat(records.layout().names().names()).containsExactly("orderId", "customer");

        RowBinder maps = binder(null);
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("z", 1);
        first.put("a", null);
        assertThat(maps.bind(1, first).text()).isEqualTo("(?, NULL)");
        assertThat(maps.layout().names().names()).containsExactly("z", "a");
    }

    @Test
    void shouldRefuseRowsThatLackAColumnOrHaveMoreThanTheFirst() {
        RowBinder binder = binder(null);
        binder.bind(1, Map.of("a", 1));

        assertBad(binder, Map.of("b", 1), "it lacks [a]; a column without a value needs a null");
        assertBad(
                binder,
                Map.of("a", 1, "b", 2),
                "it has [b] beside the columns of the first row [a]; name the columns with the option columns");
        assertBad(binder, List.of(1), "it has columns by position only, but the rows before it by name");
        assertBad(binder, "text", "it is a java.lang.String, and not a Map, List, array, record or bean");
        assertBad(binder, null, "it is null");
        assertBad(binder(null), Map.of(1, 2), "it is a Map with a key that is no String");
        assertBad(binder(null), Map.of(), "there is no column");
        assertBad(binder(null), Map.of("a", 1, "A", 2), "is named twice");
        assertBad(binder("a,b"), List.of(1), "it has 1 values for 2 columns");
        RowBinder byPosition = binder(null);
        byPosition.bind(1, List.of(1));
        assertBad(byPosition, Map.of("a", 1), "it has columns by name, but the rows before it by position only");
    }

    @Test
    void shouldNotLearnColumnsFromARowThatIsBad() {
        RowBinder binder = binder(null);
        assertBad(binder, Map.of("oops", new Object()), "the column 'oops' has the type java.lang.Object");

        binder.bind(2, Map.of("a", 1));

        assertThat(binder.layout().names().names()).containsExactly("a");
    }

    @Test
    void shouldNotQuoteWhatAGetterFailsWith() {
        assertBad(
                binder("broken"),
                new Bean(),
                "the property for the column broken cannot be read: java.lang.IllegalStateException");
    }

    @Test
    void shouldKeepOneTypeForAColumnOfAStatement() {
        assertThat(common(1, 2L)).isEqualTo("BIGINT");
        assertThat(common(1, 1.5)).isEqualTo("DOUBLE");
        assertThat(common(1L, 1.5)).isNull();
        assertThat(common(1.5f, 1.5)).isNull();
        assertThat(common("a", 1)).isNull();
        assertThat(common(new BigDecimal("1.5"), new BigDecimal("10.25"))).isEqualTo("DECIMAL(4,2)");
        assertThat(common(new BigDecimal("1.5"), 1)).isEqualTo("DECIMAL(11,1)");
        // their common type would cut digits off
        assertThat(common(new BigDecimal("1e37"), new BigDecimal("1e-20"))).isNull();
        assertThat(common(Instant.EPOCH, LocalDateTime.MIN.withYear(2000))).isNull();
        assertThat(common(new byte[1], "a")).isNull();
        assertThat(common(TypedValue.of("DECIMAL(18,2)", 1), TypedValue.of("DECIMAL(18,2)", 2)))
                .isEqualTo("CAST(? AS DECIMAL(18,2))");
    }

    @Test
    void shouldKnowEqualKeys() {
        MergeRules rules = new MergeRules(ColumnNames.parse("id"), null, null, null, OnDuplicateKey.FAIL);
        RowBinder binder = new RowBinder(new IngestSettings(null, rules, 10, OnBadRow.FAIL, 10, 0));

        Object one = binder.bind(1, Map.of("id", 1)).key();
        assertThat(binder.bind(2, Map.of("id", 1L)).key()).isEqualTo(one);
        assertThat(binder.bind(3, Map.of("id", new BigDecimal("1.00"))).key()).isEqualTo(one);
        assertThat(binder.bind(4, Map.of("id", "1")).key()).isNotEqualTo(one);
        Map<String, Object> none = new HashMap<>();
        none.put("id", null);
        assertBad(
                binder,
                none,
                "its key id is null, and NULL is equal to nothing, so that it would be inserted each time");
    }

    private static String common(Object one, Object other) {
        RowBinder binder = binder("a");
        return CommonTypes.common(
                binder.bind(1, List.of(one)).types().get(0),
                binder.bind(2, List.of(other)).types().get(0));
    }

    private static void assertBad(RowBinder binder, Object row, String why) {
        assertThatThrownBy(() -> binder.bind(1, row))
                .isInstanceOf(BadRowException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("hunter2");
    }

    private static List<Object> values(RowBinder binder, Object row) {
        return binder.bind(1, row).parameters().stream()
                .map(SqlParameter::value)
                .toList();
    }

    private static RowBinder binder(String columns) {
        return new RowBinder(new IngestSettings(
                columns == null ? null : ColumnNames.parse(columns), null, 10, OnBadRow.FAIL, 10, 0));
    }
}
