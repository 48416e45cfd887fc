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
package io.cameldatabricks.testinfra.server.thrift;

import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.databricks.jdbc.model.client.thrift.generated.TGetColumnsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetCrossReferenceReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetFunctionsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetPrimaryKeysReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetSchemasReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTablesReq;

/**
 * The statement behind a metadata call.
 *
 * @param sql what to run
 * @param rows how its rows become those that the call promises
 */
record MetadataStatement(String sql, MetadataRows rows) {

    private static final String KEY_COLUMNS = "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT"
            + " FKTABLE_SCHEM FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ:INT UPDATE_RULE:INT DELETE_RULE:INT FK_NAME PK_NAME"
            + " DEFERRABILITY:INT";

    private static final Pattern TYPE_NAME = Pattern.compile("([A-Z_]+).*", Pattern.DOTALL);

    private static final Map<String, Integer> JDBC_TYPES = Map.ofEntries(
            Map.entry("BOOLEAN", Types.BOOLEAN),
            Map.entry("TINYINT", Types.TINYINT),
            Map.entry("SMALLINT", Types.SMALLINT),
            Map.entry("INT", Types.INTEGER),
            Map.entry("BIGINT", Types.BIGINT),
            Map.entry("FLOAT", Types.FLOAT),
            Map.entry("DOUBLE", Types.DOUBLE),
            Map.entry("DECIMAL", Types.DECIMAL),
            Map.entry("STRING", Types.VARCHAR),
            Map.entry("VARCHAR", Types.VARCHAR),
            Map.entry("CHAR", Types.CHAR),
            Map.entry("BINARY", Types.BINARY),
            Map.entry("DATE", Types.DATE),
            Map.entry("TIMESTAMP", Types.TIMESTAMP),
            Map.entry("TIMESTAMP_NTZ", Types.TIMESTAMP),
            Map.entry("ARRAY", Types.ARRAY),
            Map.entry("MAP", Types.JAVA_OBJECT),
            Map.entry("STRUCT", Types.STRUCT),
            Map.entry("VOID", Types.NULL));

    static MetadataStatement catalogs() {
        return new MetadataStatement("SHOW CATALOGS", MetadataRows.of("TABLE_CAT"));
    }

    static MetadataStatement tableTypes() {
        return new MetadataStatement("SHOW TABLE_TYPES", MetadataRows.of("TABLE_TYPE"));
    }

    static MetadataStatement schemas(TGetSchemasReq request) {
        NamePattern catalogs = NamePattern.of(request.getCatalogName());
        NamePattern schemas = NamePattern.of(request.getSchemaName());
        return new MetadataStatement(
                "SHOW SCHEMAS IN ALL CATALOGS" + schemas.clause("LIKE"),
                MetadataRows.of(
                        "TABLE_SCHEM TABLE_CATALOG",
                        row -> schemas.matches(row.get(0)) && catalogs.matches(row.get(1)) ? row : null));
    }

    static MetadataStatement tables(TGetTablesReq request) {
        NamePattern catalogs = NamePattern.of(request.getCatalogName());
        NamePattern schemas = NamePattern.of(request.getSchemaName());
        NamePattern tables = NamePattern.of(request.getTableName());
        List<String> types = request.getTableTypes();
        return new MetadataStatement(
                "SHOW TABLES IN ALL CATALOGS" + schemas.clause("SCHEMA LIKE") + tables.clause("LIKE"),
                MetadataRows.of(
                        "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
                                + " SELF_REFERENCING_COL_NAME REF_GENERATION",
                        row -> {
                            String type = row.get(4);
                            boolean fits = schemas.matches(row.get(0))
                                    && tables.matches(row.get(1))
                                    && catalogs.matches(row.get(3))
                                    && (types == null || types.contains(type));
                            return fits
                                    ? MetadataRows.row(
                                            row.get(3),
                                            row.get(0),
                                            row.get(1),
                                            type,
                                            row.get(5),
                                            null,
                                            null,
                                            null,
                                            null,
                                            null)
                                    : null;
                        }));
    }

    static MetadataStatement columns(TGetColumnsReq request) {
        NamePattern catalogs = NamePattern.of(request.getCatalogName());
        NamePattern schemas = NamePattern.of(request.getSchemaName());
        NamePattern tables = NamePattern.of(request.getTableName());
        NamePattern columns = NamePattern.of(request.getColumnName());
        return new MetadataStatement(
                "SHOW COLUMNS IN ALL CATALOGS" + schemas.clause("SCHEMA LIKE") + tables.clause("TABLE LIKE")
                        + columns.clause("LIKE"),
                MetadataRows.of(
                        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:INT TYPE_NAME COLUMN_SIZE:INT"
                                + " BUFFER_LENGTH:INT DECIMAL_DIGITS:INT NUM_PREC_RADIX:INT NULLABLE:INT REMARKS"
                                + " COLUMN_DEF SQL_DATA_TYPE:INT SQL_DATETIME_SUB:INT CHAR_OCTET_LENGTH:INT"
                                + " ORDINAL_POSITION:INT IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE"
                                + " SOURCE_DATA_TYPE:INT IS_AUTO_INCREMENT",
                        row -> columns.matches(row.get(0))
                                        && catalogs.matches(row.get(1))
                                        && schemas.matches(row.get(2))
                                        && tables.matches(row.get(3))
                                ? column(row)
                                : null));
    }

    private static List<String> column(List<String> row) {
        boolean nullable = !"false".equals(row.get(10));
        return MetadataRows.row(
                row.get(1),
                row.get(2),
                row.get(3),
                row.get(0),
                String.valueOf(jdbcType(row.get(4))),
                row.get(4),
                row.get(5),
                null,
                row.get(7),
                row.get(8),
                nullable ? "1" : "0",
                row.get(11),
                null,
                null,
                null,
                null,
                // the service counts from zero, against what JDBC says; its driver knows
                String.valueOf(Integer.parseInt(row.get(9)) - 1),
                nullable ? "YES" : "NO",
                null,
                null,
                null,
                null,
                row.get(12));
    }

    private static int jdbcType(String type) {
        Matcher name = TYPE_NAME.matcher(type.toUpperCase(Locale.ROOT));
        return name.matches() ? JDBC_TYPES.getOrDefault(name.group(1), Types.OTHER) : Types.OTHER;
    }

    static MetadataStatement functions(TGetFunctionsReq request) {
        NamePattern catalogs = NamePattern.of(request.getCatalogName());
        NamePattern schemas = NamePattern.of(request.getSchemaName());
        NamePattern functions = NamePattern.of(request.getFunctionName());
        return new MetadataStatement(
                "SHOW FUNCTIONS IN ALL CATALOGS" + schemas.clause("SCHEMA LIKE") + functions.clause("LIKE"),
                MetadataRows.of(
                        "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:INT SPECIFIC_NAME",
                        row -> functions.matches(row.get(0))
                                        && schemas.matches(row.get(1))
                                        && catalogs.matches(row.get(2))
                                ? MetadataRows.row(
                                        row.get(2), row.get(1), row.get(0), row.get(3), row.get(4), row.get(5))
                                : null));
    }

    static MetadataStatement primaryKeys(TGetPrimaryKeysReq request) throws ThriftFailure {
        return new MetadataStatement(
                "SHOW KEYS" + table(request.getCatalogName(), request.getSchemaName(), request.getTableName()),
                MetadataRows.of("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:INT PK_NAME"));
    }

    /** The keys of a table that point to another, or when that is not given those of all tables that point to it. */
    static MetadataStatement crossReference(TGetCrossReferenceReq request) throws ThriftFailure {
        if (request.getForeignTableName() == null) {
            return new MetadataStatement(exportedKeys(request), MetadataRows.of(KEY_COLUMNS));
        }
        return new MetadataStatement(
                "SHOW FOREIGN KEYS"
                        + table(
                                request.getForeignCatalogName(),
                                request.getForeignSchemaName(),
                                request.getForeignTableName()),
                MetadataRows.of(
                        KEY_COLUMNS,
                        row -> is(request.getParentCatalogName(), row.get(0))
                                        && is(request.getParentSchemaName(), row.get(1))
                                        && is(request.getParentTableName(), row.get(2))
                                ? row
                                : null));
    }

    private static String exportedKeys(TGetCrossReferenceReq request) throws ThriftFailure {
        if (request.getParentTableName() == null) {
            throw ThriftFailure.invalid("A parent or a foreign table must be given.");
        }
        return "SELECT p.table_catalog, p.table_schema, p.table_name, p.column_name, f.table_catalog, f.table_schema,"
                + " f.table_name, f.column_name, f.ordinal_position, 3, 3, f.constraint_name, p.constraint_name, 7"
                + " FROM system.information_schema.referential_constraints AS r"
                + " JOIN system.information_schema.key_column_usage AS f USING (constraint_catalog, constraint_schema,"
                + " constraint_name)"
                + " JOIN system.information_schema.key_column_usage AS p"
                + " ON p.constraint_catalog = r.unique_constraint_catalog"
                + " AND p.constraint_schema = r.unique_constraint_schema"
                + " AND p.constraint_name = r.unique_constraint_name"
                + " AND p.ordinal_position = coalesce(f.position_in_unique_constraint, f.ordinal_position)"
                + " WHERE lower(p.table_name) = " + literal(request.getParentTableName())
                + condition("p.table_schema", request.getParentSchemaName())
                + condition("p.table_catalog", request.getParentCatalogName())
                + " ORDER BY f.table_catalog, f.table_schema, f.table_name, f.constraint_name, f.ordinal_position";
    }

    private static String condition(String column, String name) {
        return name == null ? "" : " AND lower(" + column + ") = " + literal(name);
    }

    private static String literal(String name) {
        return "'" + name.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static boolean is(String wanted, String name) {
        return wanted == null || wanted.equalsIgnoreCase(name);
    }

    private static String table(String catalog, String schema, String table) throws ThriftFailure {
        if (catalog == null || schema == null || table == null) {
            throw ThriftFailure.invalid("Catalog, schema and table must be given.");
        }
        return " IN CATALOG " + quoted(catalog) + " IN SCHEMA " + quoted(schema) + " IN TABLE " + quoted(table);
    }

    private static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
