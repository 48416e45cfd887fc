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
package io.cameldatabricks.testinfra.server.engine.spark.parser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.copy.CopyErrors;
import io.cameldatabricks.testinfra.server.engine.spark.copy.CopyInto;
import io.cameldatabricks.testinfra.server.engine.spark.copy.CopyRequest;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;

/** COPY INTO. */
final class CopyStatements {

    private static final int PREVIEW_ROWS = 50;

    private CopyStatements() {}

    /** @return the command, or null when the statement is another one */
    static LogicalPlan parse(TokenReader reader, SessionNames names) {
        if (!reader.accept("COPY", "INTO")) {
            return null;
        }
        ObjectName table = names.object(reader.names());
        List<String> columns = new ArrayList<>();
        boolean byPosition = reader.accept("BY", "POSITION");
        if (reader.acceptSymbol('(')) {
            byPosition = true;
            do {
                columns.add(reader.name());
            } while (reader.acceptSymbol(','));
            requireSymbol(reader, ')');
        }
        reader.require("FROM");
        String selection = null;
        boolean selected = reader.acceptSymbol('(');
        if (selected) {
            selection = selection(reader);
        }
        String source = reader.string();
        refuseCredentials(reader);
        if (selected) {
            requireSymbol(reader, ')');
        }
        reader.require("FILEFORMAT");
        reader.acceptSymbol('=');
        String format = reader.name();
        Clauses clauses = clauses(reader);
        reader.end();
        CopyRequest request = new CopyRequest(
                table,
                byPosition,
                columns,
                source,
                selection,
                format,
                clauses.files,
                clauses.pattern,
                clauses.formatOptions,
                clauses.copyOptions);
        if (clauses.validate > 0) {
            return new CopyInto(names.session(), names.metastore(), request)
                    .validate(clauses.validate, Math.min(clauses.validate, PREVIEW_ROWS));
        }
        return new LocalCommand(
                "CopyInto", CopyInto.RESULT, session -> new CopyInto(session, names.metastore(), request).load());
    }

    /** What may follow the format, in any order. */
    private static final class Clauses {
        /** Rows to check, 0 to load. */
        private int validate;

        private List<String> files = List.of();
        private String pattern;
        private Map<String, String> formatOptions = Map.of();
        private Map<String, String> copyOptions = Map.of();
    }

    private static Clauses clauses(TokenReader reader) {
        Clauses clauses = new Clauses();
        while (!reader.atEnd()) {
            if (reader.accept("VALIDATE")) {
                clauses.validate = validate(reader);
            } else if (reader.accept("FILES")) {
                reader.acceptSymbol('=');
                clauses.files = strings(reader);
            } else if (reader.accept("PATTERN")) {
                reader.acceptSymbol('=');
                clauses.pattern = reader.string();
            } else if (reader.accept("FORMAT_OPTIONS")) {
                clauses.formatOptions = options(reader);
            } else if (reader.accept("COPY_OPTIONS")) {
                clauses.copyOptions = options(reader);
            } else {
                throw reader.unexpected();
            }
        }
        if (!clauses.files.isEmpty() && clauses.pattern != null) {
            throw LocalFailure.syntax("PATTERN");
        }
        return clauses;
    }

    private static int validate(TokenReader reader) {
        Token next = reader.peek();
        if (next == null || next.kind() != Token.Kind.NUMBER) {
            reader.accept("ALL");
            return Integer.MAX_VALUE;
        }
        reader.skip();
        reader.require("ROWS");
        try {
            int rows = Integer.parseInt(next.text());
            if (rows > 0) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw CopyErrors.syntax(
                "VALIDATE_INVALID_ROWS", "VALIDATE <n> ROWS: the number of rows must be a positive integer.");
    }

    /** @return {@code SELECT …} up to the FROM whose source is a string; other FROMs may stand in expressions */
    private static String selection(TokenReader reader) {
        int start = reader.position();
        reader.require("SELECT");
        int depth = 0;
        int from = -1;
        for (Token token = reader.peek(); token != null && depth >= 0; token = reader.peek()) {
            int here = reader.position();
            reader.skip();
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')')) {
                depth--;
            } else if (depth == 0 && token.is("FROM") && reader.nextIsString()) {
                from = here;
            }
        }
        if (from < 0) {
            throw reader.unexpected();
        }
        reader.back(from + 1);
        return reader.text(start, from);
    }

    private static void refuseCredentials(TokenReader reader) {
        if (reader.accept("WITH")) {
            throw LocalFailure.unsupported("COPY INTO … WITH (CREDENTIAL …) or (ENCRYPTION …)");
        }
    }

    private static List<String> strings(TokenReader reader) {
        requireSymbol(reader, '(');
        List<String> values = new ArrayList<>();
        do {
            values.add(reader.string());
        } while (reader.acceptSymbol(','));
        requireSymbol(reader, ')');
        return values;
    }

    private static Map<String, String> options(TokenReader reader) {
        requireSymbol(reader, '(');
        Map<String, String> options = new LinkedHashMap<>();
        if (reader.acceptSymbol(')')) {
            return options;
        }
        do {
            String name = reader.nextIsString() ? reader.string() : String.join(".", reader.names());
            reader.acceptSymbol('=');
            Token value = reader.peek();
            if (value == null || value.kind() == Token.Kind.SYMBOL) {
                throw reader.unexpected();
            }
            reader.skip();
            options.put(name, value.text());
        } while (reader.acceptSymbol(','));
        requireSymbol(reader, ')');
        return options;
    }

    private static void requireSymbol(TokenReader reader, char symbol) {
        if (!reader.acceptSymbol(symbol)) {
            throw reader.unexpected();
        }
    }
}
