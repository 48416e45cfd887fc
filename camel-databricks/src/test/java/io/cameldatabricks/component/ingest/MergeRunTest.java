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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.cameldatabricks.component.error.TransientDatabricksException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What MERGE sends. */
class MergeRunTest {

    private final RecordingWriter writer = new RecordingWriter();

    @Test
    void shouldNameKeysAndColumnsInBackticks() {
        merge(rules("id", null, null, OnDuplicateKey.FAIL), List.of(row(1, "a"), row(2, null)));

        assertThat(writer.sent).singleElement().satisfies(sql -> assertThat(sql.sql())
                .isEqualTo("MERGE INTO `t` AS `camel_target` USING (SELECT * FROM VALUES (?, ?), (?, NULL) AS"
                        + " `v`(`id`, `na``me`)) AS `camel_source` ON `camel_target`.`id` = `camel_source`.`id`"
                        + " WHEN MATCHED THEN UPDATE SET `na``me` = `camel_source`.`na``me`"
                        + " WHEN NOT MATCHED THEN INSERT (`id`, `na``me`)"
                        + " VALUES (`camel_source`.`id`, `camel_source`.`na``me`)"));
    }

    @Test
    void shouldNotWriteTheMarkerAndNotInsertWhatIsDeleted() {
        Map<String, Object> row = row(1, "a");
        row.put("gone", true);

        merge(rules("id", null, "gone", OnDuplicateKey.FAIL), List.of(row));

        assertThat(writer.sent.get(0).sql())
                .contains("VALUES (?, NULL, TRUE) AS `v`(`id`, `na``me`, `gone`)")
                .contains(" WHEN MATCHED AND `camel_source`.`gone` THEN DELETE WHEN MATCHED THEN UPDATE SET")
                .contains(" WHEN NOT MATCHED AND NOT `camel_source`.`gone` THEN INSERT (`id`, `na``me`) VALUES");
    }

    @Test
    void shouldLetOnlyYoungerRowsChangeAndDelete() {
        Map<String, Object> row = row(1, "a");
        row.put("v", 7);
        row.put("gone", true);

        merge(
                new MergeRules(
                        ColumnNames.parse("id"), ColumnNames.parse("`na``me`"), "gone", "V", OnDuplicateKey.FAIL),
                List.of(row));

        String newer = "AND (`camel_target`.`V` IS NULL OR `camel_source`.`V` > `camel_target`.`V`)";
        assertThat(writer.sent.get(0).sql())
                .contains("VALUES (?, NULL, ?, TRUE) AS `v`(`id`, `na``me`, `v`, `gone`)")
                .contains(" WHEN MATCHED AND `camel_source`.`gone` " + newer + " THEN DELETE WHEN MATCHED " + newer
                        + " THEN UPDATE SET `na``me` = `camel_source`.`na``me`, `v` = `camel_source`.`v`")
                .contains(" WHEN NOT MATCHED AND NOT `camel_source`.`gone` THEN INSERT (`id`, `na``me`, `v`)");
    }

    @Test
    void shouldChangeNothingWhenAllColumnsAreKeys() {
        merge(rules("id,`na``me`", null, null, OnDuplicateKey.FAIL), List.of(row(1, "a")));

        assertThat(writer.sent.get(0).sql()).doesNotContain("WHEN MATCHED").contains("WHEN NOT MATCHED THEN INSERT");
    }

    @Test
    void shouldSeeEqualKeysOfAListInDifferentStatements() {
        List<Map<String, Object>> rows = List.of(row(1, "a"), row(2, "b"), row(1, "c"));
        IngestSettings one = settings(rules("id", null, null, OnDuplicateKey.FAIL), 1, OnBadRow.SKIP);

        IngestRun run = run(one, RowSource.of(rows));
        run.advance();

        assertThat(run.report().badRows()).containsExactly(new BadRow(3, "it has the same mergeKeys as row 1", null));
        assertThat(writer.sent).hasSize(2);
    }

    @Test
    void shouldSeeEqualKeysOfAnIteratorInOneStatementOnly() {
        List<Map<String, Object>> rows = List.of(row(1, "a"), row(1, "b"), row(1, "c"));
        IngestSettings two = settings(rules("id", null, null, OnDuplicateKey.FAIL), 2, OnBadRow.SKIP);

        IngestRun run = run(two, RowSource.once(rows.iterator(), () -> {}));
        run.advance();

        // the third row is compared with the first, whose statement still has room
        assertThat(run.report().badRows()).extracting(BadRow::number).containsExactly(2L, 3L);
    }

    @Test
    void shouldLetTheLastRowWin() {
        merge(
                rules("id", null, null, OnDuplicateKey.LAST_WINS),
                List.of(row(1, "a"), row(2, "b"), row(1L, "c"), row(2, "d")));

        assertThat(writer.values()).containsExactly(1L, "c", 2, "d");
    }

    static Stream<Arguments> versions() {
        return Stream.of(
                arguments(1, 2L),
                arguments(new BigDecimal("1.5"), new BigDecimal("1.50001")),
                arguments(9.5, 10.25),
                arguments(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00.5Z")),
                arguments(LocalDate.parse("2026-01-09"), LocalDate.parse("2026-01-10")),
                arguments(LocalDateTime.parse("2026-01-01T00:00"), LocalDateTime.parse("2026-01-01T00:00:01")));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldKeepTheYoungestOfEqualKeysInAnyOrder(Object older, Object younger) {
        MergeRules rules = new MergeRules(ColumnNames.parse("id"), null, null, "v", OnDuplicateKey.LAST_WINS);

        merge(
                rules,
                List.of(
                        versioned(1, "first", older),
                        versioned(1, "youngest", younger),
                        versioned(1, "late", older),
                        versioned(1, "again", younger)));

        assertThat(writer.sent).hasSize(1);
        assertThat(writer.values()).hasSize(3).contains("youngest");
    }

    @Test
    void shouldLetTheServerCompareWhatItAloneCan() {
        MergeRules rules = new MergeRules(ColumnNames.parse("id"), null, null, "v", OnDuplicateKey.LAST_WINS);

        merge(
                rules,
                List.of(
                        versioned(1, "a", "9"),
                        versioned(2, "b", "10"),
                        versioned(1, "c", "10"),
                        versioned(1, "d", "10")));

        // a text is a number to a column of numbers
        assertThat(writer.sent).extracting(sql -> sql.parameters().size()).containsExactly(6, 3);
        assertThat(writer.values()).doesNotContain("d");
    }

    @Test
    void shouldMergeEqualKeysOneAfterTheOtherWhereSomeColumnsKeepTheirFirstValue() {
        merge(rules("id", "`na``me`", null, OnDuplicateKey.LAST_WINS), List.of(row(1, "a"), row(2, "b"), row(1, "c")));

        assertThat(writer.sent).extracting(sql -> sql.parameters().size()).containsExactly(4, 2);
    }

    private static Map<String, Object> versioned(Object id, String name, Object version) {
        Map<String, Object> row = row(id, name);
        row.put("v", version);
        return row;
    }

    @Test
    void shouldInviteToRepeatWhatIsHalfMerged() {
        writer.failWhen(sql -> writer.sent.size() == 2 ? RecordingWriter.conflict() : null);

        assertThatThrownBy(() -> run(
                                settings(rules("id", null, null, OnDuplicateKey.FAIL), 1, OnBadRow.FAIL),
                                RowSource.of(List.of(row(1, "a"), row(2, "b"))))
                        .advance())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("In row 2, after 1 row was written: Another writer");
    }

    private void merge(MergeRules rules, List<?> rows) {
        run(settings(rules, 1000, OnBadRow.FAIL), RowSource.of(rows)).advance();
    }

    private IngestRun run(IngestSettings settings, RowSource rows) {
        return new IngestRun(TableName.parse("t"), settings, rows, writer, new Random(1));
    }

    private static IngestSettings settings(MergeRules rules, int batchSize, OnBadRow onBadRow) {
        return new IngestSettings(null, rules, batchSize, onBadRow, 100, 0);
    }

    private static MergeRules rules(String keys, String updated, String marker, OnDuplicateKey onDuplicateKey) {
        return new MergeRules(
                ColumnNames.parse(keys),
                updated == null ? null : ColumnNames.parse(updated),
                marker,
                null,
                onDuplicateKey);
    }

    private static Map<String, Object> row(Object id, String name) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("na`me", name);
        return row;
    }
}
