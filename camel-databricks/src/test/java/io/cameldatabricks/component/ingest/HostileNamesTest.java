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

import java.util.List;
import java.util.Map;
import java.util.Random;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.sql.HostileValues;
import io.cameldatabricks.component.sql.SqlParameter;

import static org.assertj.core.api.Assertions.assertThat;

/** No name and no value of a message leaves its place in the statement, whatever it holds. */
class HostileNamesTest {

    @Property(tries = 500)
    void shouldKeepNamesInBackticksAndValuesOutOfTheText(
            @ForAll("hostile") List<String> names, @ForAll("hostile") List<String> values) {
        String table = names.isEmpty() ? "t" : names.get(0);
        String column = names.size() < 2 ? "c" : names.get(1);
        String value = values.isEmpty() ? "'" : values.get(0);
        RecordingWriter writer = new RecordingWriter();
        IngestRun run;
        try {
            run = new IngestRun(
                    new TableName(List.of("main", table)),
                    new IngestSettings(null, null, 10, OnBadRow.FAIL, 10, 0),
                    RowSource.of(List.of(Map.of(column, value))),
                    writer,
                    new Random(1));
            run.advance();
        } catch (IllegalArgumentException e) {
            // a name that no object can have; nothing was sent
            assertThat(writer.sent).isEmpty();
            return;
        }

        BoundSql sent = writer.sent.get(0);
        assertThat(sent.parameters()).extracting(SqlParameter::value).containsExactly(value);
        assertThat(unquoted(sent.sql())).isEqualTo("INSERT INTO . () VALUES (?)");
        assertThat(sent.sql())
                .isEqualTo("INSERT INTO `main`.`" + table.replace("`", "``") + "` (`" + column.replace("`", "``")
                        + "`) VALUES (?)");
    }

    @Property(tries = 500)
    void shouldReadBackWhatWasQuoted(@ForAll("hostile") List<String> names) {
        for (String name : names) {
            try {
                String quoted = SqlIdentifier.quote(name);
                assertThat(TableName.parse(quoted).parts()).containsExactly(name);
                assertThat(ColumnNames.parse("a, " + quoted).names()).containsExactly("a", name);
            } catch (IllegalArgumentException e) {
                assertThat(name.isBlank()
                                || name.length() > SqlIdentifier.MAX_LENGTH
                                || name.equalsIgnoreCase("a")
                                || name.chars().anyMatch(Character::isISOControl))
                        .isTrue();
            }
        }
    }

    @Provide
    Arbitrary<List<String>> hostile() {
        return HostileValues.lists();
    }

    /** What is left of a text without its names in backticks. */
    private static String unquoted(String sql) {
        return sql.replaceAll("(?s)`(?:[^`]|``)*`", "");
    }
}
