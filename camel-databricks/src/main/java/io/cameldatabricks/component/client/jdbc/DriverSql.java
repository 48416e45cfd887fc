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
package io.cameldatabricks.component.client.jdbc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.databricks.jdbc.api.impl.ImmutableSqlParameter;
import com.databricks.jdbc.model.core.ColumnInfoTypeName;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.sql.ParsedSql;
import io.cameldatabricks.component.sql.PositionalSql;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementParameter;
import io.cameldatabricks.component.statement.StatementRequest;

/**
 * A statement in the words of the driver, which binds by position only and has no tags of a single statement. A value
 * travels as its text with its type, as it does over REST; one whose type the driver cannot send travels as a string that
 * the server converts. Tags become a comment at the end of the text, which the query history shows.
 *
 * @param text with {@code ?} markers and the tags
 * @param parameters by position, from 1
 */
record DriverSql(String text, Map<Integer, ImmutableSqlParameter> parameters) {

    /** The driver sends these types under these names. */
    private static final Map<String, ColumnInfoTypeName> SENDABLE = Stream.of(
                    ColumnInfoTypeName.BOOLEAN,
                    ColumnInfoTypeName.TINYINT,
                    ColumnInfoTypeName.SMALLINT,
                    ColumnInfoTypeName.INT,
                    ColumnInfoTypeName.BIGINT,
                    ColumnInfoTypeName.FLOAT,
                    ColumnInfoTypeName.DOUBLE,
                    ColumnInfoTypeName.STRING,
                    ColumnInfoTypeName.DATE,
                    ColumnInfoTypeName.TIMESTAMP)
            .collect(Collectors.toUnmodifiableMap(Enum::name, type -> type));

    /** @throws PermanentDatabricksException when there are more markers than the service binds by position */
    static DriverSql of(StatementRequest request) {
        Map<String, StatementParameter> values = new HashMap<>();
        request.parameters().forEach(parameter -> values.put(parameter.name(), parameter));
        PositionalSql positional = values.isEmpty()
                ? new PositionalSql(request.sql(), List.of())
                : PositionalSql.of(request.sql(), name -> placeholder(values.get(name)));
        if (positional.names().size() > ParsedSql.MAX_PARAMETERS) {
            throw new PermanentDatabricksException(
                    "The statement has " + positional.names().size()
                            + " parameter markers, but the driver can bind only " + ParsedSql.MAX_PARAMETERS
                            + "; use asyncTransport=REST, where a name that occurs twice counts once",
                    ErrorDetails.none(),
                    null);
        }
        Map<Integer, ImmutableSqlParameter> bound = new LinkedHashMap<>();
        int position = 0;
        for (String name : positional.names()) {
            position++;
            bound.put(position, bind(position, values.get(name)));
        }
        return new DriverSql(positional.sql() + comment(request.tags()), bound);
    }

    private static String placeholder(StatementParameter parameter) {
        if (parameter == null) {
            return null;
        }
        if (type(parameter).equals("VOID")) {
            return "NULL";
        }
        return SENDABLE.containsKey(type(parameter)) ? "?" : "CAST(? AS " + parameter.type() + ")";
    }

    private static ImmutableSqlParameter bind(int position, StatementParameter parameter) {
        return ImmutableSqlParameter.builder()
                .cardinal(position)
                .type(SENDABLE.getOrDefault(type(parameter), ColumnInfoTypeName.STRING))
                .value(parameter.value())
                .build();
    }

    private static String type(StatementParameter parameter) {
        return parameter.type().strip().toUpperCase(Locale.ROOT);
    }

    /** On a line of its own, for the statement may end in a comment that runs to the end of its line. */
    private static String comment(QueryTags tags) {
        if (tags.isEmpty()) {
            return "";
        }
        StringJoiner comment = new StringJoiner(", ", "\n/* query_tags: ", " */");
        tags.asMap()
                .forEach((key, value) -> comment.add(value == null ? encode(key) : encode(key) + "=" + encode(value)));
        return comment.toString();
    }

    /** Leaves no slash, so that a tag can neither end the comment nor begin another. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without text and values. */
    @Override
    public String toString() {
        return "DriverSql[" + text.length() + " characters, " + parameters.size() + " parameters]";
    }
}
