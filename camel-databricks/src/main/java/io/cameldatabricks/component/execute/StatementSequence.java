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
package io.cameldatabricks.component.execute;

import java.util.List;
import java.util.Objects;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.QueryTags;

/**
 * The statements of one message, which run one after the other in one session; the first that fails ends it, and what ran
 * before it stays done. Immutable.
 *
 * @param kind what several statements are
 * @param statements in the order in which they run, at least one; only the rows of the last are read
 * @param tags that each of them carries in the query history
 */
public record StatementSequence(Kind kind, List<StatementRequest> statements, QueryTags tags) {

    /** What several statements are, in the words of a failure. */
    public enum Kind {
        /** Statements with semicolons between them. */
        SCRIPT("statement"),
        /** The same statement with other values each time. */
        BATCH("set of parameters");

        private final String part;

        Kind(String part) {
            this.part = part;
        }
    }

    public StatementSequence {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(tags, "tags");
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("A sequence needs a statement");
        }
        StatementRequest last = statements.get(statements.size() - 1);
        statements = statements.stream()
                .map(each -> each == last ? each : each.withoutRows())
                .toList();
    }

    /** The statement whose result is that of the sequence. */
    public StatementRequest last() {
        return statements.get(statements.size() - 1);
    }

    /** One statement, without tags. */
    public static StatementSequence of(StatementRequest statement) {
        return new StatementSequence(Kind.SCRIPT, List.of(statement), QueryTags.none());
    }

    /**
     * What the failure of one statement means for the message. After others have run, an exception that says that the same
     * call may be made again would make them run twice.
     *
     * @param index of the statement that failed, from 0
     */
    DatabricksException failure(DatabricksException failure, int index) {
        if (statements.size() == 1) {
            return failure;
        }
        String where = "In " + kind.part + " " + (index + 1) + " of " + statements.size()
                + (index == 0 ? ", before any other has run: " : ", after " + index + " that have run: ");
        boolean invitesRepetition =
                failure instanceof TransientDatabricksException || failure instanceof RecoverableDatabricksException;
        return index > 0 && invitesRepetition
                ? new PermanentDatabricksException(where + failure.getMessage(), ErrorDetails.of(failure), failure)
                : failure.at(where);
    }
}
