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
package io.cameldatabricks.component.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What certainly only reads may run for nothing. */
class PlainReadTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "/* INSERT */ select a from t where b = 'DELETE'",
                "(SELECT 1) UNION (SELECT 2)",
                "-- note\n VALUES (1)",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "with `insert` as (select 'into') select * from `insert`",
                "SHOW TABLES",
                "DESCRIBE t",
                "explain insert into t values (1)",
                "TABLE t"
            })
    void shouldKnowAPlainRead(String sql) {
        assertThat(ParsedSql.parse(sql).isPlainRead()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t SELECT 1",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
                "FROM x INSERT INTO t SELECT *",
                "BEGIN SELECT 1; END",
                "CALL p()",
                "CREATE TABLE t AS SELECT 1",
                "OPTIMIZE t",
                "USE CATALOG c",
                "COPY INTO t FROM 'x'",
                "SET a = 1",
                "''",
                "selection"
            })
    void shouldTakeAnythingElseForAWrite(String sql) {
        assertThat(ParsedSql.parse(sql).isPlainRead()).isFalse();
    }
}
