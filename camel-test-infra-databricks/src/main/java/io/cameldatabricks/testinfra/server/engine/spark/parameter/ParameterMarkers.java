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
package io.cameldatabricks.testinfra.server.engine.spark.parameter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.spark.sql.catalyst.parser.ParameterExpectation;
import org.apache.spark.sql.catalyst.parser.SubstituteParamsParser;

import io.cameldatabricks.testinfra.server.engine.BoundParameter;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.parser.FileStatement;

/**
 * Puts bound values in the place of their markers. Spark's own grammar finds the markers, so {@code v:path}, strings and
 * comments are safe; Spark's own binding is not used, because it binds five or more positional values in the wrong order.
 */
public final class ParameterMarkers {

    private ParameterMarkers() {}

    /** Must run with the session active on the calling thread, whose settings steer the grammar. */
    public static String substitute(String sql, List<BoundParameter> parameters, String timeZone) {
        if (parameters.isEmpty()) {
            return sql;
        }
        Map<String, String> named = new HashMap<>();
        List<BoundParameter> positional = new ArrayList<>();
        for (BoundParameter parameter : parameters) {
            if (parameter.name() == null) {
                positional.add(parameter);
            } else if (named.put(parameter.name(), ParameterText.literal(parameter, timeZone)) != null) {
                throw LocalFailure.of(
                        "INVALID_PARAMETER_MARKER_VALUE.DUPLICATE_NAME",
                        "22023",
                        "An invalid parameter mapping was provided: multiple parameter mappings were given with the"
                                + " name '" + parameter.name() + "'.");
            }
        }
        positional.sort(Comparator.comparingInt(BoundParameter::ordinal));
        List<String> inOrder = positional.stream()
                .map(parameter -> ParameterText.literal(parameter, timeZone))
                .toList();
        if (FileStatement.isOne(sql)) {
            return new FileStatementMarkers(sql).substitute(named, inOrder);
        }
        return new SubstituteParamsParser()
                .substitute(
                        sql,
                        Scala.map(named),
                        Scala.<String>seq(inOrder).toList(),
                        ParameterExpectation.Unknown(),
                        true,
                        Scala.<Object>seq(List.of()),
                        Scala.<String>seq(List.of()))
                ._1();
    }
}
