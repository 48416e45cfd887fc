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
package io.cameldatabricks.component.repository.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings the writes of many threads into few transactions, because a commit costs more than a write:
 *
 * <ol>
 *   <li>A writer puts its write at the end of the queue. The first in the queue leads, the others wait.
 *   <li>The leader takes what waits, at most {@link #LARGEST}, and runs it as batches in one transaction; one alone needs
 *       none.
 *   <li>If a write is refused, nothing has happened: each is run again in a transaction of its own, so that one harms
 *       nobody else.
 *   <li>If the database is out of reach, or the commit itself fails, all its writers are told so and nothing is repeated:
 *       nobody knows what has happened.
 *   <li>The next in the queue leads.
 * </ol>
 *
 * <p>A lonely writer is never held up: it leads at once. Safe for use by many threads; an interrupt does not end the wait,
 * since the write may be under way.
 */
final class CommitGroup {

    static final int LARGEST = 256;

    /** SQLSTATE classes of a connection or database that is gone; 90 is H2's own. */
    private static final List<String> LOST = List.of("08", "57", "90");

    private final HandleDatabase database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Write> queue = new ArrayDeque<>();

    CommitGroup(HandleDatabase database) {
        this.database = database;
    }

    /**
     * Writes and commits.
     *
     * @return how many rows were changed
     */
    int write(String sql, Statements.Binder binder) throws SQLException {
        Write write = new Write(sql, binder, lock.newCondition());
        List<Write> group = join(write);
        if (!group.isEmpty()) {
            try {
                run(group);
            } finally {
                leave(group);
            }
        }
        if (write.failure != null) {
            throw write.failure;
        }
        return write.rows;
    }

    /** Waits until somebody has done the write, or leads: then the answer is the group to run. */
    private List<Write> join(Write write) {
        lock.lock();
        try {
            queue.addLast(write);
            while (!write.done && queue.peekFirst() != write) {
                write.turn.awaitUninterruptibly();
            }
            return write.done ? List.of() : queue.stream().limit(LARGEST).toList();
        } finally {
            lock.unlock();
        }
    }

    private void leave(List<Write> group) {
        lock.lock();
        try {
            for (Write write : group) {
                queue.removeFirst();
                write.done = true;
                write.turn.signal();
            }
            if (!queue.isEmpty()) {
                queue.peekFirst().turn.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(List<Write> group) {
        for (Write write : group) {
            // stands until the write has succeeded, whatever kind of error comes up
            write.failure = new SQLException("The transaction was not run");
        }
        Progress progress = new Progress();
        try {
            runTogether(group, progress);
        } catch (SQLException | RuntimeException e) {
            if (group.size() > 1 && progress.isRefusal(e)) {
                group.forEach(this::runAlone);
            } else {
                group.forEach(write -> write.failed(e));
            }
        }
    }

    private void runAlone(Write write) {
        try {
            runTogether(List.of(write), new Progress());
        } catch (SQLException | RuntimeException e) {
            write.failed(e);
        }
    }

    private void runTogether(List<Write> group, Progress progress) throws SQLException {
        Map<String, List<Write>> bySql = new LinkedHashMap<>();
        group.forEach(write ->
                bySql.computeIfAbsent(write.sql, any -> new ArrayList<>()).add(write));
        if (group.size() == 1) {
            database.atOnce(connection -> {
                runBatch(connection, group.get(0).sql, group);
                return null;
            });
            group.get(0).failure = null;
            return;
        }
        database.inTransaction(connection -> {
            progress.connected = true;
            for (Map.Entry<String, List<Write>> entry : bySql.entrySet()) {
                runBatch(connection, entry.getKey(), entry.getValue());
            }
            progress.committing = true;
            return null;
        });
        group.forEach(write -> write.failure = null);
    }

    private static void runBatch(Connection connection, String sql, List<Write> writes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (writes.size() == 1) {
                writes.get(0).binder.bind(new Binding(statement));
                writes.get(0).rows = statement.executeUpdate();
                return;
            }
            for (Write write : writes) {
                write.binder.bind(new Binding(statement));
                statement.addBatch();
            }
            int[] rows = statement.executeBatch();
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] < 0) {
                    throw new SQLException("The driver does not tell how many rows a batch has changed");
                }
                writes.get(i).rows = rows[i];
            }
        }
    }

    /** How far a transaction came. */
    private static final class Progress {
        private boolean connected;
        private boolean committing;

        /** Whether the database answered, and took nothing of it: then one write may be at fault, not all. */
        private boolean isRefusal(Exception e) {
            String state = e instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
            boolean lost = LOST.stream().anyMatch(state::startsWith);
            return connected && !committing && !lost;
        }
    }

    /** One write and its end. Written by the leader, read by its writer after the lock was passed. */
    private static final class Write {
        private final String sql;
        private final Statements.Binder binder;
        private final Condition turn;
        private boolean done;
        private int rows;
        private SQLException failure;

        private Write(String sql, Statements.Binder binder, Condition turn) {
            this.sql = sql;
            this.binder = binder;
            this.turn = turn;
        }

        private void failed(Exception e) {
            failure = e instanceof SQLException sql ? sql : new SQLException("The write could not be made", e);
        }
    }
}
