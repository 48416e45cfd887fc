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
package io.cameldatabricks.testinfra.server.engine.spark.information;

import java.util.Optional;

import org.apache.spark.sql.catalyst.catalog.CatalogFunction;
import org.apache.spark.sql.catalyst.catalog.SQLFunction;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;
import io.cameldatabricks.testinfra.server.engine.spark.result.ResultTypes;

/** Fills information_schema.routines and .parameters from the SQL functions. */
final class RoutinesView {

    static final String[] COLUMNS = {
        "specific_catalog",
        "specific_schema",
        "specific_name",
        "routine_catalog",
        "routine_schema",
        "routine_name",
        "routine_type",
        "data_type",
        "full_data_type",
        "routine_body",
        "routine_definition",
        "external_language",
        "is_deterministic",
        "sql_data_access",
        "comment"
    };
    static final String[] PARAMETERS = {
        "specific_catalog",
        "specific_schema",
        "specific_name",
        "ordinal_position:INT",
        "parameter_mode",
        "is_result",
        "as_locator",
        "parameter_name",
        "data_type",
        "full_data_type",
        "character_maximum_length:INT",
        "character_octet_length:INT",
        "numeric_precision:INT",
        "numeric_precision_radix:INT",
        "numeric_scale:INT",
        "parameter_default",
        "comment"
    };

    private RoutinesView() {}

    private interface Use {
        void of(ObjectName name, SQLFunction function);
    }

    private static void each(WarehouseContents contents, String catalog, Use use) {
        ParserInterface parser = contents.session().sessionState().sqlParser();
        for (SchemaName schema : contents.schemas(catalog)) {
            for (ObjectName name : contents.functions(schema)) {
                CatalogFunction stored =
                        contents.session().sharedState().externalCatalog().getFunction(schema.database(), name.name());
                if (stored.isUserDefinedFunction()) {
                    use.of(name, SQLFunction.fromCatalogFunction(stored, parser));
                }
            }
        }
    }

    static void fill(WarehouseContents contents, String catalog, Rows rows) {
        each(contents, catalog, (name, function) -> {
            String schema = name.schema().schema();
            String in = name.schema().catalog();
            DataType type = Scala.orNull(function.returnType().left().toOption());
            rows.add(
                    in,
                    schema,
                    name.name(),
                    in,
                    schema,
                    name.name(),
                    "FUNCTION",
                    type == null ? "TABLE_TYPE" : ResultTypes.name(type),
                    type == null ? "TABLE" : type.catalogString(),
                    "SQL",
                    body(function),
                    null,
                    Optional.ofNullable(Scala.orNull(function.deterministic()))
                            .map(deterministic -> (boolean) deterministic ? "YES" : "NO")
                            .orElse("YES"),
                    "CONTAINS_SQL",
                    Scala.orNull(function.comment()));
        });
    }

    private static String body(SQLFunction function) {
        String expression = Scala.orNull(function.exprText());
        return expression != null ? expression : Scala.orNull(function.queryText());
    }

    static void fillParameters(WarehouseContents contents, String catalog, Rows rows) {
        each(contents, catalog, (name, function) -> {
            StructType inputs = Scala.orNull(function.inputParam());
            int position = 0;
            for (StructField field : inputs == null ? new StructField[0] : inputs.fields()) {
                rows.add(
                        name.schema().catalog(),
                        name.schema().schema(),
                        name.name(),
                        position++,
                        "IN",
                        "NO",
                        "NO",
                        field.name(),
                        ResultTypes.name(field.dataType()),
                        field.dataType().catalogString(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        field.metadata().contains("default") ? field.metadata().getString("default") : null,
                        field.getComment().isDefined() ? field.getComment().get() : null);
            }
        });
    }
}
