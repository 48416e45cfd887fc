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

import org.apache.spark.sql.classic.SparkSession;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.rule.SessionParameters;

/** The configuration parameters of Databricks SQL, and the settings of Spark behind some of them. */
final class SessionSetting {

    private SessionSetting() {}

    /**
     * Sets a parameter of a session; one without meaning here is kept, so that SET shows it.
     *
     * @throws LocalFailure when the value is not allowed
     */
    static void apply(SparkSession spark, String key, String value) {
        String name = key.toUpperCase(Locale.ROOT);
        SessionParameters.check(name, value);
        try {
            spark.conf().set(SessionParameters.key(name), value);
        } catch (RuntimeException e) {
            throw LocalFailure.of(
                    "INVALID_CONF_VALUE",
                    "22022",
                    "The value '" + value + "' in the config \"" + name + "\" is invalid.");
        }
    }

    /** @return the session's time limit for a statement in seconds, 0 for none */
    static long timeoutSeconds(SparkSession spark) {
        return Long.parseLong(spark.conf().get("STATEMENT_TIMEOUT", "0"));
    }

    static String timeZone(SparkSession spark) {
        return spark.sessionState().conf().sessionLocalTimeZone();
    }
}
