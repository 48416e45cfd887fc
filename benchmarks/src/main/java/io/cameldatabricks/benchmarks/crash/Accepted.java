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

import java.util.List;
import java.util.Objects;

import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.testinfra.WarehouseStatement;

/**
 * A statement of a job in the journal of the warehouse.
 *
 * @param id of the statement
 * @param job whose statement it is
 * @param tag the key of its handle; null when it came without one
 * @param acceptedMillis by the machine's clock
 */
record Accepted(String id, Job job, String tag, long acceptedMillis) {

    /** What of the journal concerns jobs. */
    static List<Accepted> of(List<WarehouseStatement> journal) {
        return journal.stream().map(Accepted::of).filter(Objects::nonNull).toList();
    }

    private static Accepted of(WarehouseStatement statement) {
        Job job = Job.ofSql(statement.sql());
        return job == null
                ? null
                : new Accepted(
                        statement.id(),
                        job,
                        statement.tags().get(QueryTags.HANDLE_KEY),
                        statement.acceptedAt().toEpochMilli());
    }

    /** Before this nobody can know its end. */
    long endsMillis() {
        return acceptedMillis + job.millis();
    }
}
