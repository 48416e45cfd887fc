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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PartlyWrittenException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IngestRunTest {

    private final RecordingWriter writer = new RecordingWriter();
    private final List<String> closed = new ArrayList<>();

    @Test
    void shouldPutAsManyRowsIntoAStatementAsMarkersAllow() {
        IngestReport report = write(insert(), RowSource.of(rows(200)));

        // 5 columns: 51 rows have 255 markers
        assertThat(writer.sent).extracting(sql -> sql.parameters().size()).containsExactly(255, 255, 255, 235);
        assertThat(report.rowsWritten()).isEqualTo(200);
        assertThat(report.rowsRead()).isEqualTo(200);
        assertThat(report.statements()).isEqualTo(4);
        assertThat(report.statementId()).isEqualTo("id-4");
    }

    @Test
    void shouldObeyTheBatchSize() {
        write(insert(70, OnBadRow.FAIL), RowSource.of(one(150)));

        assertThat(writer.sent).extracting(sql -> sql.parameters().size()).containsExactly(70, 70, 10);
    }

    @Test
    void shouldWriteNullWithoutAMarker() {
        write(insert(), RowSource.of(List.of(Arrays.asList(1, null), Arrays.asList(null, "x"))));

        assertThat(writer.sent).singleElement().satisfies(sql -> {
            assertThat(sql.sql()).isEqualTo("INSERT INTO `main`.`t` VALUES (?, NULL), (NULL, ?)");
            assertThat(sql.parameters()).hasSize(2);
        });
    }

    @Test
    void shouldStayBelowTheBytesOfARequest() {
        String mebi = "x".repeat(1024 * 1024);
        // in JSON each of these takes six bytes
        String escaped = "\u0001".repeat(1024 * 1024);

        write(insert(), RowSource.of(java.util.Collections.nCopies(31, List.of(mebi))));
        assertThat(writer.sent).extracting(sql -> sql.parameters().size()).containsExactly(15, 15, 1);
        writer.sent.clear();
        write(insert(), RowSource.of(java.util.Collections.nCopies(3, List.of(escaped))));
        assertThat(writer.sent).extracting(sql -> sql.parameters().size()).containsExactly(2, 1);
    }

    @Test
    void shouldRefuseARowThatNoStatementCanHold() {
        Object[] wide = IntStream.range(0, 256).boxed().toArray();

        assertThatThrownBy(() -> write(insert(), RowSource.of(List.of((Object) wide))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Row 1 cannot be written: it has 256 values that are not null, more than the 255 that a"
                        + " statement may have");
        assertThatThrownBy(() -> write(insert(), RowSource.of(List.of(List.of("\u0001".repeat(3_000_000))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("Row 1 cannot be written: it takes \\d+ bytes, more than the \\d+ that .*");
    }

    @Test
    void shouldSendNothingWhenARowOfAListIsBad() {
        List<Object> rows = new ArrayList<>(one(300));
        rows.set(299, List.of(new Object()));

        assertThatThrownBy(() -> write(insert(), RowSource.of(rows)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Row 300 cannot be written: the column '?1' has the type java.lang.Object,");
        assertThat(writer.sent).isEmpty();
    }

    @Test
    void shouldTellWhatIsWrittenWhenARowOfAnIteratorIsBad() {
        List<Object> rows = new ArrayList<>(one(300));
        rows.set(299, List.of(new Object()));

        assertThatThrownBy(() -> write(insert(), once(rows)))
                .isInstanceOfSatisfying(PartlyWrittenException.class, e -> {
                    assertThat(e.getRowsWritten()).isEqualTo(255);
                    assertThat(e.getFirstRow()).isEqualTo(300);
                })
                .hasMessageStartingWith("Row 300 cannot be written: ")
                .hasMessageEndingWith(
                        "; 255 rows before it are written, so the message sent again would write them twice");
        assertThat(closed).containsExactly("closed");
    }

    @Test
    void shouldNameTheChunkThatFailedAndWhatIsCommitted() {
        AtomicInteger count = new AtomicInteger();
        writer.failWhen(sql -> count.incrementAndGet() == 3 ? RecordingWriter.refused("42000") : null);

        assertThatThrownBy(() -> write(insert(), RowSource.of(rows(200))))
                .isInstanceOfSatisfying(PartlyWrittenException.class, e -> {
                    assertThat(e.getFirstRow()).isEqualTo(103);
                    assertThat(e.getLastRow()).isEqualTo(153);
                    assertThat(e.getRowsWritten()).isEqualTo(102);
                    assertThat(e.getSqlState()).isEqualTo("42000");
                })
                .hasMessage("In rows 103 to 153, after 102 rows were written: The statement failed; the message sent"
                        + " again would write those twice, so send the rows from 103 on");
    }

    @Test
    void shouldInviteToRepeatOnlyWhileNothingIsWritten() {
        writer.failWhen(sql -> warehouseStarts());
        assertThatThrownBy(() -> write(insert(), RowSource.of(rows(200))))
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("In rows 1 to 51, before any was written: The warehouse starts");

        AtomicInteger count = new AtomicInteger();
        writer.failWhen(sql -> count.incrementAndGet() == 2 ? warehouseStarts() : null);
        assertThatThrownBy(() -> write(insert(), RowSource.of(rows(200)))).isInstanceOf(PartlyWrittenException.class);
    }

    @Test
    void shouldNotInviteToRepeatWhatCanBeReadOnlyOnce() {
        writer.failWhen(sql -> warehouseStarts());

        assertThatThrownBy(() -> write(insert(), once(rows(200))))
                .isExactlyInstanceOf(PermanentDatabricksException.class)
                .hasMessageEndingWith("can be read only once, so the message sent again would lack these");
    }

    @Test
    void shouldKeepAnOutcomeThatIsNotKnown() {
        AtomicInteger count = new AtomicInteger();
        writer.failWhen(sql -> count.incrementAndGet() == 2
                ? new SubmitOutcomeUnknownException("No answer", ErrorDetails.none(), null)
                : null);

        assertThatThrownBy(() -> write(insert(), RowSource.of(rows(200))))
                .isInstanceOf(SubmitOutcomeUnknownException.class)
                .hasMessage("In rows 52 to 102, after 51 rows were written: No answer");
    }

    @Test
    void shouldFindTheRowsThatTheServerRefuses() {
        writer.failWhen(sql ->
                sql.parameters().stream().anyMatch(each -> Integer.valueOf(77).equals(each.value()))
                        ? RecordingWriter.refused("22018")
                        : null);

        IngestReport report = write(insert(1000, OnBadRow.DEAD_LETTER), RowSource.of(one(255)));

        assertThat(report.rowsWritten()).isEqualTo(254);
        assertThat(report.badRows()).containsExactly(new BadRow(77, "The statement failed", List.of(77)));
        // in the order of the rows, each once
        assertThat(writer.values())
                .isEqualTo(IntStream.rangeClosed(1, 255)
                        .filter(each -> each != 77)
                        .boxed()
                        .toList());
        // 2 * log2(255) + 1
        assertThat(writer.sent).hasSizeLessThanOrEqualTo(17);
    }

    @Test
    void shouldNotLookForBadRowsInAFailureThatIsNotAboutData() {
        writer.failWhen(sql -> RecordingWriter.refused("42501"));

        assertThatThrownBy(() -> write(insert(1000, OnBadRow.SKIP), RowSource.of(one(255))))
                .isInstanceOf(PermanentDatabricksException.class);
        assertThat(writer.sent).hasSize(1);
    }

    @Test
    void shouldLeaveOutBadRowsUpToALimit() {
        List<Object> rows = new ArrayList<>(one(10));
        rows.set(3, List.of(1, 2));
        rows.set(5, null);

        IngestReport report = write(insert(1000, OnBadRow.SKIP), RowSource.of(rows));

        assertThat(report.rowsWritten()).isEqualTo(8);
        assertThat(report.badRows())
                .containsExactly(
                        new BadRow(4, "it has 2 values for 1 columns", null), new BadRow(6, "it is null", null));

        rows.add(null);
        IngestSettings few = new IngestSettings(null, null, 1000, OnBadRow.SKIP, 2, 0);
        writer.sent.clear();
        assertThatThrownBy(() -> write(few, RowSource.of(rows)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("More than 2 rows cannot be written (maxBadRows); the last is row 11: it is null");
        assertThat(writer.sent).isEmpty();
    }

    @Test
    void shouldWaitAndSendAgainAfterAConflict() {
        AtomicInteger count = new AtomicInteger();
        writer.failWhen(sql -> count.incrementAndGet() <= 2 ? RecordingWriter.conflict() : null);
        IngestRun run = run(insert(), RowSource.of(one(3)));

        Duration first = run.advance().orElseThrow();
        Duration second = run.advance().orElseThrow();

        assertThat(first).isBetween(Duration.ofMillis(200), Duration.ofMillis(300));
        assertThat(second).isBetween(Duration.ofMillis(400), Duration.ofMillis(600));
        assertThat(run.advance()).isEmpty();
        assertThat(writer.accepted).hasSize(1);
        assertThat(run.report().rowsWritten()).isEqualTo(3);
    }

    @Test
    void shouldGiveUpAfterAllRetries() {
        writer.failWhen(sql -> RecordingWriter.conflict());

        assertThatThrownBy(() -> write(insert(), RowSource.of(one(3))))
                .isInstanceOf(TransientDatabricksException.class);
        assertThat(writer.sent).hasSize(6);
    }

    @Test
    void shouldSayWhatIsWrittenWhenItIsStoppedInAPause() {
        AtomicInteger count = new AtomicInteger();
        writer.failWhen(sql -> count.incrementAndGet() == 2 ? RecordingWriter.conflict() : null);
        IngestRun run = run(insert(), once(rows(100)));

        assertThat(run.advance()).isPresent();

        assertThat(closed).isEmpty();
        assertThat(run.stopped())
                .isInstanceOf(PartlyWrittenException.class)
                .hasMessageStartingWith("In rows 52 to 100, after 51 rows were written: The component was stopped");
        assertThat(closed).containsExactly("closed");
    }

    @Test
    void shouldHoldNoMoreThanOneChunkOfAnIterator() {
        AtomicInteger read = new AtomicInteger();
        Iterator<Object> rows = IntStream.range(0, 100_000)
                .<Object>mapToObj(i -> {
                    read.incrementAndGet();
                    return List.of(i);
                })
                .iterator();
        List<Integer> ahead = new ArrayList<>();
        AtomicInteger sent = new AtomicInteger();
        StatementWriter counting = sql -> {
            sent.addAndGet(sql.parameters().size());
            ahead.add(read.get() - sent.get());
            return new StatementWriter.Written(null, sql.parameters().size(), null);
        };

        new IngestRun(TableName.parse("t"), insert(), RowSource.once(rows, () -> {}), counting, new Random(1))
                .advance();

        assertThat(sent.get()).isEqualTo(100_000);
        assertThat(ahead).allMatch(each -> each <= 1);
    }

    @Test
    void shouldSendNothingForNoRows() {
        IngestReport report = write(insert(), RowSource.of(List.of()));

        assertThat(writer.sent).isEmpty();
        assertThat(report.rowsWritten()).isZero();
    }

    private IngestReport write(IngestSettings settings, RowSource rows) {
        IngestRun run = run(settings, rows);
        Optional<Duration> pause = run.advance();
        while (pause.isPresent()) {
            pause = run.advance();
        }
        return run.report();
    }

    private IngestRun run(IngestSettings settings, RowSource rows) {
        return new IngestRun(TableName.parse("main.t"), settings, rows, writer, new Random(1));
    }

    private RowSource once(List<?> rows) {
        return RowSource.once(rows.iterator(), () -> closed.add("closed"));
    }

    private static DatabricksException warehouseStarts() {
        return new TransientDatabricksException("The warehouse starts", ErrorDetails.none(), null);
    }

    private static IngestSettings insert() {
        return insert(1000, OnBadRow.FAIL);
    }

    private static IngestSettings insert(int batchSize, OnBadRow onBadRow) {
        return new IngestSettings(null, null, batchSize, onBadRow, 1000, 5);
    }

    private static List<Map<String, Object>> rows(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 0; column < 5; column++) {
                        row.put("c" + column, i);
                    }
                    return row;
                })
                .toList();
    }

    private static List<Object> one(int count) {
        return IntStream.rangeClosed(1, count).<Object>mapToObj(List::of).toList();
    }
}
