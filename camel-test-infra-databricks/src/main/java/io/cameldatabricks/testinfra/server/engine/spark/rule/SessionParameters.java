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
package io.cameldatabricks.testinfra.server.engine.spark.rule;

import java.util.Locale;
import java.util.Map;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.command.SetCommand;
import scala.Option;
import scala.Tuple2;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;

/** Sends SET of a parameter of Databricks SQL to the setting of Spark that does it. */
public final class SessionParameters extends Rule<LogicalPlan> {

    private static final Map<String, String> SPARK_KEYS = Map.of(
            "TIMEZONE", "spark.sql.session.timeZone",
            "ANSI_MODE", "spark.sql.ansi.enabled",
            "LEGACY_TIME_PARSER_POLICY", "spark.sql.legacy.timeParserPolicy",
            "MAX_FILE_PARTITION_BYTES", "spark.sql.files.maxPartitionBytes");

    /** @return the key under which the parameter is kept: Spark's own, or the parameter's name in upper case */
    public static String key(String parameter) {
        String upper = parameter.toUpperCase(Locale.ROOT);
        return parameter.indexOf('.') >= 0 ? parameter : SPARK_KEYS.getOrDefault(upper, upper);
    }

    /** @throws LocalFailure when the value of a parameter that only this warehouse reads is not allowed */
    public static void check(String parameter, String value) {
        if (parameter.equalsIgnoreCase("STATEMENT_TIMEOUT") && !isSeconds(value)) {
            throw LocalFailure.of(
                    "INVALID_CONF_VALUE",
                    "22022",
                    "The value '" + value + "' in the config \"STATEMENT_TIMEOUT\" is invalid.");
        }
    }

    private static boolean isSeconds(String value) {
        try {
            return Long.parseLong(value.strip()) >= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        if (plan instanceof SetCommand set && set.kv().isDefined()) {
            Tuple2<String, Option<String>> given = set.kv().get();
            String key = key(given._1());
            if (given._2().isDefined()) {
                check(key, given._2().get());
            }
            return key.equals(given._1()) ? plan : new SetCommand(Option.apply(new Tuple2<>(key, given._2())));
        }
        return plan;
    }
}
