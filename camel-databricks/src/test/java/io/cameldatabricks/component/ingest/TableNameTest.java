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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableNameTest {

    @Test
    void shouldQuoteEachPart() {
        assertThat(TableName.parse("orders").sql()).isEqualTo("`orders`");
        assertThat(TableName.parse(" main.sales.orders ").sql()).isEqualTo("`main`.`sales`.`orders`");
        assertThat(TableName.parse("main.`a.b``c`").parts()).containsExactly("main", "a.b`c");
        assertThat(TableName.parse("`a b` . c").sql()).isEqualTo("`a b`.`c`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a.b.c.d",
                "a b",
                "t; DROP TABLE x",
                "t/*",
                "`a",
                "`a`b",
                "``",
                "a`b`",
                "(SELECT 1)",
                "t(a)",
                "a\nb",
                "`a\nb`",
                "`a\0b`",
                "t VALUES (1)",
                "'t'",
                "\"t\""
            })
    void shouldRefuseWhatIsNoName(String text) {
        assertThatThrownBy(() -> TableName.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
