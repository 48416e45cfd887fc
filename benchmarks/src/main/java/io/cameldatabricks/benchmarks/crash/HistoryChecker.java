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
package io.cameldatabricks.benchmarks.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.cameldatabricks.benchmarks.crash.Violation.Kind;

/**
 * Compares what the processes have recorded with the journal of the warehouse, after all is over. Knows nothing of the
 * component but its promise: a submitted statement is never lost and never submitted twice; its result is delivered at
 * least once, and more than once only if the process dies, or its lease runs out, between the end of the route and the
 * confirmation.
 */
final class HistoryChecker {

    /** Two clocks of one machine are read in milliseconds. */
    private static final long SLACK_MILLIS = 5;

    private static final String OUTCOME_UNKNOWN = "SubmitOutcomeUnknownException";
    private static final String REJECTED_BY_CAMEL = "RejectedExecutionException";
    private static final String SUCCEEDED = "SUCCEEDED";

    private final Map<String, List<RecordLine>> byJob = new TreeMap<>();
    private final Map<String, List<Accepted>> accepted = new HashMap<>();
    private final Map<String, Accepted> byId = new HashMap<>();
    private final boolean mayRunTwice;
    private final Lives lives;
    private final List<Violation> violations = new ArrayList<>();
    private int duplicates;
    private int redeliveries;
    private RecordLine lastCount;

    private HistoryChecker(List<RecordLine> lines, List<Accepted> journal, boolean mayRunTwice) {
        this.mayRunTwice = mayRunTwice;
        this.lives = new Lives(lines);
        for (Accepted statement : journal) {
            accepted.computeIfAbsent(statement.job().key(), any -> new ArrayList<>())
                    .add(statement);
            byId.put(statement.id(), statement);
        }
        for (RecordLine line : lines) {
            if (!line.job().equals(RecordLine.NONE)) {
                byJob.computeIfAbsent(line.job(), any -> new ArrayList<>()).add(line);
            } else if (line.what() == Happening.COUNTED) {
                lastCount = line;
            }
        }
    }

    /**
     * @param lines of all records, in any order
     * @param mayRunTwice whether jobs were submitted with AT_LEAST_ONCE
     */
    static Verdict check(List<RecordLine> lines, List<Accepted> journal, boolean mayRunTwice) {
        List<RecordLine> inOrder = lines.stream()
                .sorted(Comparator.comparingLong(RecordLine::nanos))
                .toList();
        return new HistoryChecker(inOrder, journal, mayRunTwice).check();
    }

    private Verdict check() {
        checkJournal();
        byJob.forEach(this::checkSubmit);
        byJob.forEach(this::checkDeliveries);
        accepted.keySet().forEach(job -> {
            if (!has(job, Happening.DONE)) {
                violation(
                        Kind.LOST,
                        job,
                        "statement " + accepted.get(job).get(0).id() + " was accepted, but no route"
                                + " was ever done with it");
            }
        });
        checkLeftOver();
        return new Verdict(
                violations,
                count(Happening.BEGUN),
                byId.size(),
                count(Happening.DONE),
                reported(),
                duplicates,
                redeliveries,
                lives.kills());
    }

    private void checkJournal() {
        Map<String, Set<String>> jobsOfTag = new HashMap<>();
        accepted.forEach((job, statements) -> {
            if (statements.size() > 1 && !mayRunTwice) {
                violation(Kind.SUBMITTED_TWICE, job, statements.size() + " statements");
            }
            for (Accepted statement : statements) {
                if (statement.tag() == null) {
                    violation(Kind.UNTAGGED, job, "statement " + statement.id());
                } else {
                    jobsOfTag
                            .computeIfAbsent(statement.tag(), any -> new HashSet<>())
                            .add(job);
                }
            }
        });
        jobsOfTag.forEach((tag, jobs) -> {
            if (jobs.size() > 1) {
                violation(Kind.SUBMITTED_TWICE, jobs.iterator().next(), "handle " + tag + " has several jobs");
            }
        });
    }

    private void checkSubmit(String job, List<RecordLine> lines) {
        boolean runs = accepted.containsKey(job);
        boolean answered = false;
        String sender = null;
        for (RecordLine line : lines) {
            switch (line.what()) {
                case BEGUN -> sender = line.life();
                case ANSWERED -> {
                    answered = true;
                    requireOwn(job, line.field(0));
                }
                case FAILED -> {
                    answered = true;
                    if (runs && !tellsThatItMayRun(line)) {
                        violation(Kind.WRONGLY_REFUSED, job, "the sender was told " + line.field(0));
                    }
                }
                default -> {
                    // of the delivery
                }
            }
        }
        if (sender != null && !answered && lives.stopped(sender)) {
            violation(Kind.UNANSWERED, job, "process " + sender);
        }
    }

    /** Camel itself rejects what is under way when a context is stopped by force, whatever came of it. */
    private boolean tellsThatItMayRun(RecordLine failed) {
        return failed.field(0).equals(OUTCOME_UNKNOWN)
                || failed.field(0).equals(REJECTED_BY_CAMEL) && lives.wasStopping(failed.life(), failed.nanos());
    }

    private void requireOwn(String job, String id) {
        Accepted statement = byId.get(id);
        if (statement == null) {
            violation(Kind.INVENTED, job, "statement " + id + " is not in the journal");
        } else if (!statement.job().key().equals(job)) {
            violation(
                    Kind.WRONG_RESULT,
                    job,
                    "statement " + id + " is of " + statement.job().key());
        }
    }

    private void checkDeliveries(String job, List<RecordLine> lines) {
        List<RecordLine> emitted = new ArrayList<>();
        Set<String> counts = new HashSet<>();
        for (RecordLine line : lines) {
            if (line.what() == Happening.EMITTED) {
                checkEmission(job, line);
                if (!counts.add(line.field(1))) {
                    violation(Kind.UNFLAGGED_DUPLICATE, job, "two deliveries with count " + line.field(1));
                }
                emitted.forEach(earlier -> checkAgain(job, lines, earlier, line));
                if (!emitted.isEmpty()) {
                    RecordLine last = emitted.get(emitted.size() - 1);
                    if (between(lines, Happening.ROUTE_FAILED, last, line)) {
                        redeliveries++;
                    } else {
                        duplicates++;
                    }
                }
                emitted.add(line);
            } else if (line.what() == Happening.CONFIRMED && !doneBefore(lines, line)) {
                violation(Kind.CONFIRMED_TOO_EARLY, job, "in process " + line.life());
            }
        }
    }

    private void checkEmission(String job, RecordLine line) {
        String id = line.field(0);
        String outcome = line.field(2);
        if (!id.equals(RecordLine.NONE)) {
            requireOwn(job, id);
            Accepted statement = byId.get(id);
            if (statement != null && line.millis() + SLACK_MILLIS < statement.endsMillis()) {
                violation(
                        Kind.EMITTED_TOO_EARLY,
                        job,
                        (statement.endsMillis() - line.millis()) + " ms before the end of statement " + id);
            }
        }
        if (accepted.containsKey(job) && !outcome.equals(SUCCEEDED) && !submittedLate(job, line)) {
            violation(Kind.WRONGLY_REPORTED, job, "delivered as " + outcome + ", but its statement succeeds");
        }
    }

    /**
     * A process that stood still between the intent and the request may send it after another has given the intent up:
     * the statement runs once, but was reported as unknown before.
     */
    private boolean submittedLate(String job, RecordLine reported) {
        return byJob.get(job).stream()
                .anyMatch(line -> line.what() == Happening.BEGUN
                        && lives.lostItsLease(line.life(), line.nanos(), reported.nanos()));
    }

    /** An earlier delivery must have come to an end that leaves the job open. */
    private void checkAgain(String job, List<RecordLine> lines, RecordLine earlier, RecordLine later) {
        // a node asks whether its claim still holds right before the route gets it; if it stands still just then, it is
        // too late to ask again
        boolean heldUp = lives.stoodStillUntil(later.life(), earlier.nanos(), later.nanos());
        if (between(lines, Happening.CONFIRMED, earlier, later) && !heldUp) {
            violation(Kind.DELIVERED_AFTER_CONFIRMATION, job, earlier.life() + ", then " + later.life());
            return;
        }
        boolean explained = between(lines, Happening.ROUTE_FAILED, earlier, later)
                || diedBefore(earlier.life(), later)
                || lives.lostItsLease(earlier.life(), earlier.nanos(), later.nanos())
                || heldUp;
        if (!explained) {
            violation(
                    Kind.UNEXPLAINED_DUPLICATE,
                    job,
                    earlier.life() + " (count " + earlier.field(1) + "), then " + later.life() + " (count "
                            + later.field(1) + ")");
        }
    }

    /** Its parent notes a death a moment before it happens, so the last deliveries may seem to come after it. */
    private boolean diedBefore(String life, RecordLine later) {
        return !life.equals(later.life()) && lives.wasKilledBefore(life, later.nanos());
    }

    /** In the life of the earlier one. */
    private static boolean between(List<RecordLine> lines, Happening what, RecordLine earlier, RecordLine later) {
        return lines.stream()
                .anyMatch(line -> line.what() == what
                        && line.life().equals(earlier.life())
                        && line.nanos() >= earlier.nanos()
                        && line.nanos() <= later.nanos());
    }

    private static boolean doneBefore(List<RecordLine> lines, RecordLine confirmed) {
        return lines.stream()
                .anyMatch(line -> line.what() == Happening.DONE
                        && line.life().equals(confirmed.life())
                        && line.nanos() <= confirmed.nanos());
    }

    private void checkLeftOver() {
        if (lastCount != null && !lastCount.field(0).equals("0")) {
            violation(Kind.LEFT_OVER, RecordLine.NONE, lastCount.field(0) + " handles are still open");
        }
        if (lastCount != null && !lastCount.field(2).equals("0")) {
            violation(Kind.LEFT_OVER, RecordLine.NONE, lastCount.field(2) + " handles were given up");
        }
    }

    private int reported() {
        return (int) byJob.values().stream()
                .filter(lines -> lines.stream()
                        .anyMatch(line -> line.what() == Happening.FAILED
                                || line.what() == Happening.EMITTED
                                        && !line.field(2).equals(SUCCEEDED)))
                .count();
    }

    private boolean has(String job, Happening what) {
        return byJob.getOrDefault(job, List.of()).stream().anyMatch(line -> line.what() == what);
    }

    private int count(Happening what) {
        return (int) byJob.keySet().stream().filter(job -> has(job, what)).count();
    }

    private void violation(Kind kind, String job, String text) {
        violations.add(new Violation(kind, job, text));
    }
}
