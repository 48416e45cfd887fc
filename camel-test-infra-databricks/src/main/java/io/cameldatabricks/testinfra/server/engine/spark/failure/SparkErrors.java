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
package io.cameldatabricks.testinfra.server.engine.spark.failure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

import io.cameldatabricks.testinfra.server.engine.EngineException;

/** Turns what Spark and Delta throw into the error that Databricks would send. */
public final class SparkErrors {

    private static final Pattern SQLSTATE = Pattern.compile("SQLSTATE: ([0-9A-Z]{5})");
    private static final Pattern CLASS = Pattern.compile("^\\[([A-Z0-9_.]+)\\]");

    private SparkErrors() {}

    public static EngineException toEngine(Throwable thrown) {
        LocalFailure local = find(thrown, LocalFailure.class);
        if (local != null) {
            return EngineException.failed(local.errorCode(), local.sqlState(), local.getMessage(), thrown);
        }
        EngineException already = find(thrown, EngineException.class);
        if (already != null) {
            return already;
        }
        Throwable told = mostSpecific(thrown);
        if (told == null) {
            return internal(thrown);
        }
        SparkThrowable spark = (SparkThrowable) told;
        String condition = spark.getCondition();
        String message = ShownNames.clean(text(told));
        if (condition != null && !CLASS.matcher(message).find()) {
            message = "[" + condition + "] " + message;
        }
        String sqlState = Optional.ofNullable(spark.getSqlState()).orElseGet(() -> stateIn(text(told)));
        if (sqlState != null && !SQLSTATE.matcher(message).find()) {
            message = message + " SQLSTATE: " + sqlState;
        }
        String code = "XX000".equals(sqlState) ? "INTERNAL_ERROR" : "BAD_REQUEST";
        return EngineException.failed(code, sqlState, message, thrown);
    }

    private static String stateIn(String message) {
        Matcher matcher = SQLSTATE.matcher(message);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static EngineException internal(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = Optional.ofNullable(root.getMessage()).orElse("no message");
        int line = text.indexOf('\n');
        String first = line < 0 ? text : text.substring(0, line);
        return EngineException.failed(
                "INTERNAL_ERROR",
                "XX000",
                "[INTERNAL_ERROR] " + root.getClass().getSimpleName() + ": " + ShownNames.clean(first)
                        + " SQLSTATE: XX000",
                thrown);
    }

    /** The innermost throwable with an error class of its own: Spark wraps failures of tasks and writers. */
    private static Throwable mostSpecific(Throwable thrown) {
        Throwable best = null;
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SparkThrowable spark && spark.getCondition() != null) {
                best = each;
            }
        }
        return best;
    }

    private static String text(Throwable thrown) {
        // getMessage of an analysis error carries the whole plan
        String message =
                thrown instanceof AnalysisException analysis ? analysis.getSimpleMessage() : thrown.getMessage();
        if (message == null) {
            return thrown.getClass().getSimpleName();
        }
        // what follows is a stack, or the place in this program that built an expression
        int end = message.length();
        for (String begin : new String[] {"\n\tat ", "\n== DataFrame =="}) {
            int found = message.indexOf(begin);
            end = found < 0 ? end : Math.min(end, found);
        }
        return message.substring(0, end).strip();
    }

    private static <T extends Throwable> T find(Throwable thrown, Class<T> type) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
