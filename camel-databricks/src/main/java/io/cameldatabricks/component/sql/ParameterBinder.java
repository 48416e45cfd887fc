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
package io.cameldatabricks.component.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/**
 * Sets the parameters of a prepared statement. Dates and times are set as text with their SQL type: the driver sends a
 * parameter's {@code toString()}, which for its own date classes depends on the JVM's zone.
 */
public final class ParameterBinder {

    private ParameterBinder() {}

    /**
     * Sets parameter {@code i + 1} of the statement to element {@code i} of the list.
     *
     * @throws SQLException if the driver refuses one
     */
    public static void bind(PreparedStatement statement, List<SqlParameter> parameters) throws SQLException {
        int index = 0;
        for (SqlParameter parameter : parameters) {
            index++;
            if (parameter.type().equals("VOID")) {
                statement.setObject(index, null);
            } else {
                statement.setObject(index, parameter.value(), jdbcType(parameter.type()));
            }
        }
    }

    private static int jdbcType(String type) {
        int bracket = type.indexOf('(');
        return switch (bracket < 0 ? type : type.substring(0, bracket)) {
            case "BOOLEAN" -> Types.BOOLEAN;
            case "TINYINT" -> Types.TINYINT;
            case "SMALLINT" -> Types.SMALLINT;
            case "INT" -> Types.INTEGER;
            case "BIGINT" -> Types.BIGINT;
            case "FLOAT" -> Types.FLOAT;
            case "DOUBLE" -> Types.DOUBLE;
            case "DECIMAL" -> Types.DECIMAL;
            case "STRING" -> Types.VARCHAR;
            case "DATE" -> Types.DATE;
            // to the driver, Types.TIMESTAMP is TIMESTAMP_NTZ
            case "TIMESTAMP" -> Types.TIMESTAMP_WITH_TIMEZONE;
            default -> throw new IllegalArgumentException("No parameter can be sent as " + type + ".");
        };
    }
}
