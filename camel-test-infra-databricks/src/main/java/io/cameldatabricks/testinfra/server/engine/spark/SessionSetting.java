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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.util.Locale;
import java.util.Map;

import org.apache.spark.sql.classic.SparkSession;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;

/** The configuration parameters of Databricks SQL, and the settings of Spark behind some of them. */
final class SessionSetting {

    private static final Map<String, String> SPARK_KEYS = Map.of(
            "TIMEZONE", "spark.sql.session.timeZone",
            "ANSI_MODE", "spark.sql.ansi.enabled",
            "LEGACY_TIME_PARSER_POLICY", "spark.sql.legacy.timeParserPolicy",
            "MAX_FILE_PARTITION_BYTES", "spark.sql.files.maxPartitionBytes");

    private SessionSetting() {}

    /**
     * Sets a parameter of a session; one without meaning here is kept, so that SET shows it.
     *
     * @throws LocalFailure when the value is not allowed
     */
    static void apply(SparkSession spark, String key, String value) {
        String name = key.toUpperCase(Locale.ROOT);
        if (name.equals("STATEMENT_TIMEOUT")) {
            requireSeconds(value);
        }
        try {
            spark.conf().set(SPARK_KEYS.getOrDefault(name, name), value);
        } catch (RuntimeException e) {
            throw LocalFailure.of(
                    "INVALID_CONF_VALUE",
                    "22022",
                    "The value '" + value + "' in the config \"" + name + "\" is invalid.");
        }
    }

    private static void requireSeconds(String value) {
        try {
            if (Long.parseLong(value) >= 0) {
                return;
            }
        } catch (NumberFormatException e) {
            // the same error as for a negative number
        }
        throw LocalFailure.of(
                "INVALID_CONF_VALUE",
                "22022",
                "The value '" + value + "' in the config \"STATEMENT_TIMEOUT\" is invalid.");
    }

    /** @return the session's time limit for a statement in seconds, 0 for none */
    static long timeoutSeconds(SparkSession spark) {
        return Long.parseLong(spark.conf().get("STATEMENT_TIMEOUT", "0"));
    }

    static String timeZone(SparkSession spark) {
        return spark.sessionState().conf().sessionLocalTimeZone();
    }
}
