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
package io.cameldatabricks.component.poll;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.ingest.TableName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PolledQueryTest {

    @Test
    void shouldLeaveAQueryWithoutColumnAndLimitAsItIs() {
        assertThat(PolledQuery.of("SELECT 1 -- one", null, 0).sql(null)).isEqualTo("SELECT 1 -- one");
        assertThat(PolledQuery.of("SELECT 1 -- one", null, 5).sql(null))
                .isEqualTo("SELECT * FROM (\nSELECT 1 -- one\n) LIMIT 5");
    }

    @Test
    void shouldAskForRowsAfterThePositionInOrder() {
        PolledQuery query = PolledQuery.of("SELECT * FROM t", "a`b", 0);

        assertThat(query.sql(null))
                .isEqualTo("SELECT * FROM (\nSELECT * FROM t\n) WHERE `a``b` IS NOT NULL ORDER BY `a``b`");
        assertThat(query.sql(Position.of(7)))
                .isEqualTo("SELECT * FROM (\nSELECT * FROM t\n) WHERE `a``b` > :camelPosition ORDER BY `a``b`");
    }

    @Test
    void shouldNotCutRowsThatHaveTheSameValue() {
        assertThat(PolledQuery.of("Q", "v", 2).sql(Position.of(7)))
                .isEqualTo("SELECT * FROM (\nQ\n) WHERE `v` > :camelPosition AND `v` <= (SELECT max(`v`) FROM (SELECT"
                        + " `v` FROM (\nQ\n) WHERE `v` > :camelPosition ORDER BY `v` LIMIT 2)) ORDER BY `v`");
    }

    @Test
    void shouldReadChangesFromTheVersionOfThePosition() {
        PolledQuery query = PolledQuery.ofChanges(TableName.parse("main.`it's`.t"), 0);

        assertThat(query.sql(null))
                .isEqualTo("SELECT * FROM table_changes('`main`.`it\\'s`.`t`', 0) WHERE `_commit_version` IS NOT NULL"
                        + " ORDER BY `_commit_version`");
        assertThat(query.sql(Position.initial("12")))
                .isEqualTo("SELECT * FROM table_changes('`main`.`it\\'s`.`t`', 12) WHERE `_commit_version` >"
                        + " CAST(:camelPosition AS BIGINT) ORDER BY `_commit_version`");
        assertThatThrownBy(() -> query.sql(Position.initial("1) UNION SELECT 1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the position is no version of a table");
    }

    @Test
    void shouldTakeTheTypeOfAnInitialPosition() {
        assertThat(Position.initial("decimal(19,0):1234567890123456789"))
                .isEqualTo(Position.of(new BigDecimal("1234567890123456789")));
        assertThat(Position.initial("BIGINT:7")).isEqualTo(Position.of(7));
        for (String text : List.of("2024-01-01T00:00:00Z", "a:b", "DATES:1", "7")) {
            assertThat(Position.initial(text)).isEqualTo(Position.of(text));
        }
    }

    @Test
    void shouldKeepAPositionAsOneLine() {
        for (Object value : new Object[] {
            1,
            Long.MAX_VALUE,
            new BigDecimal("-1.50"),
            new BigDecimal("1E+5"),
            "a=b\n:c%é",
            "",
            LocalDate.EPOCH,
            Instant.parse("2024-01-01T00:00:00.123456Z"),
            LocalDateTime.parse("2024-01-01T00:00:00.123456")
        }) {
            Position position = Position.of(value);
            assertThat(position.stored()).matches("[\\w(),]+:[\\w.*+%-]*");
            assertThat(Position.parse(position.stored())).isEqualTo(position);
        }
        assertThat(Position.of(new BigDecimal("1E+5")).type()).isEqualTo("DECIMAL(6,0)");
        assertThat(Position.of(new BigDecimal("0.001")).type()).isEqualTo("DECIMAL(3,3)");
    }

    @Test
    void shouldRefuseWhatIsNoPosition() {
        for (Object value : new Object[] {null, 1.5, true, new byte[1]}) {
            assertThatThrownBy(() -> Position.of(value)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String stored : new String[] {"", "7", ":7", "BIGINT) OR (1:1", "TABLE:x"}) {
            assertThatThrownBy(() -> Position.parse(stored)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
