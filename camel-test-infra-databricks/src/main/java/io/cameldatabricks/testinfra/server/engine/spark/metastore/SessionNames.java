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
package io.cameldatabricks.testinfra.server.engine.spark.metastore;

import java.util.List;
import java.util.Set;

import org.apache.spark.sql.catalyst.analysis.AnalysisContext;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.classic.SparkSession;
import scala.runtime.BoxedUnit;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;
import io.cameldatabricks.testinfra.server.engine.spark.names.StatementScope;

/**
 * What a name means in one session: fills in the current catalog and schema and gives the name that Spark's session
 * catalog knows. Thread-safe as far as Spark's session is.
 */
public final class SessionNames {

    /** Spark's one real catalog; names that begin with it are already resolved. */
    public static final String SESSION_CATALOG = "spark_catalog";

    private static final Set<String> SPARK_SCHEMAS = Set.of("global_temp", "session", "builtin");
    private static final Set<String> FILE_FORMATS =
            Set.of("delta", "parquet", "csv", "json", "text", "orc", "avro", "binaryfile", "xml");

    private final SparkSession session;
    private final Metastore metastore;

    public SessionNames(SparkSession session, Metastore metastore) {
        this.session = session;
        this.metastore = metastore;
    }

    public Metastore metastore() {
        return metastore;
    }

    public SparkSession session() {
        return session;
    }

    private SessionCatalog catalog() {
        return session.sessionState().catalog();
    }

    /** The schema that unqualified names mean: of the view being resolved, of the statement, or of the session. */
    public SchemaName current() {
        SchemaName ofView = ofViewBeingResolved();
        if (ofView != null) {
            return ofView;
        }
        SchemaName ofStatement = StatementScope.current();
        return ofStatement != null ? ofStatement : ofSession();
    }

    private SchemaName ofSession() {
        return SchemaName.ofDatabase(catalog().getCurrentDatabase()).orElseGet(SchemaName::initial);
    }

    private static SchemaName ofViewBeingResolved() {
        List<String> names = Scala.list(AnalysisContext.get().catalogAndNamespace());
        return names.size() == 2 ? SchemaName.ofDatabase(names.get(1)).orElse(null) : null;
    }

    /** Makes a schema the session's current one. */
    public void use(SchemaName schema) {
        catalog().setCurrentDatabaseWithNameCheck(schema.database(), name -> BoxedUnit.UNIT);
    }

    /** @param parts a schema's name with or without catalog, or nothing for the current schema */
    public SchemaName schema(List<String> parts) {
        return switch (parts.size()) {
            case 0 -> current();
            case 1 -> new SchemaName(current().catalog(), parts.get(0));
            case 2 -> new SchemaName(parts.get(0), parts.get(1));
            default -> throw tooManyParts(parts);
        };
    }

    /** The same, and the schema must exist. */
    public SchemaName existingSchema(List<String> parts) {
        SchemaName schema = schema(parts);
        if (!isInformationSchema(schema)) {
            metastore.requireSchema(schema);
        }
        return schema;
    }

    /** @param parts the name of a table, view, function or volume, qualified or not */
    public ObjectName object(List<String> parts) {
        if (parts.size() > 3) {
            throw tooManyParts(parts);
        }
        int last = parts.size() - 1;
        return new ObjectName(schema(parts.subList(0, last)), parts.get(last));
    }

    /** The object behind a relation's name as {@link #relation} gave it. */
    public ObjectName resolvedObject(List<String> parts) {
        if (isResolved(parts)) {
            SchemaName schema = SchemaName.ofDatabase(parts.get(1)).orElseThrow();
            return new ObjectName(schema, parts.get(2));
        }
        return object(parts);
    }

    public boolean isTemporaryView(List<String> parts) {
        return parts.size() == 1 && catalog().isTempView(Scala.seq(parts));
    }

    public static LocalFailure tableNotFound(ObjectName name) {
        return LocalFailure.of(
                "TABLE_OR_VIEW_NOT_FOUND",
                "42P01",
                "The table or view " + name.quoted()
                        + " cannot be found. Verify the spelling and correctness of the schema and catalog.");
    }

    public boolean isInformationSchema(SchemaName schema) {
        return schema.schema().equals(SchemaName.INFORMATION_SCHEMA)
                && (schema.catalog().equals("system") || metastore.hasCatalog(schema.catalog()));
    }

    /** The information_schema view that a relation's name means, or null. */
    public ObjectName informationSchemaView(List<String> parts) {
        if (parts.size() < 1 || parts.size() > 3) {
            return null;
        }
        ObjectName name = object(parts);
        return isInformationSchema(name.schema()) ? name : null;
    }

    /** A relation's name as Spark's session catalog knows it. */
    public List<String> relation(List<String> parts) {
        switch (parts.size()) {
            case 1:
                if (ofViewBeingResolved() != null
                        || StatementScope.current() == null
                        || catalog().isTempView(Scala.seq(parts))) {
                    return parts;
                }
                return resolved(StatementScope.current(), parts.get(0));
            case 2:
                String first = SchemaName.normal(parts.get(0));
                SchemaName schema = new SchemaName(current().catalog(), first);
                boolean known = metastore.hasSchema(schema);
                if (SPARK_SCHEMAS.contains(first)) {
                    return parts;
                }
                if (!known && FILE_FORMATS.contains(first)) {
                    return List.of(parts.get(0), metastore.volumeFolders().existingPath(parts.get(1)));
                }
                return resolved(schema, parts.get(1));
            case 3:
                if (isResolved(parts) || "system".equalsIgnoreCase(parts.get(0))) {
                    return parts;
                }
                metastore.requireCatalog(parts.get(0));
                return resolved(new SchemaName(parts.get(0), parts.get(1)), parts.get(2));
            default:
                throw tooManyParts(parts);
        }
    }

    /** A function's name as Spark's session catalog knows it; names of built-in functions stay as they are. */
    public List<String> function(List<String> parts) {
        switch (parts.size()) {
            case 1:
                SchemaName statement = StatementScope.current();
                boolean here = statement != null
                        && ofViewBeingResolved() == null
                        && !catalog().isBuiltinFunction(parts.get(0))
                        && catalog()
                                .externalCatalog()
                                .functionExists(statement.database(), SchemaName.normal(parts.get(0)));
                return here ? resolved(statement, parts.get(0)) : parts;
            case 2:
                String first = SchemaName.normal(parts.get(0));
                return SPARK_SCHEMAS.contains(first)
                        ? parts
                        : resolved(new SchemaName(current().catalog(), first), parts.get(1));
            case 3:
                return isResolved(parts) || !metastore.hasCatalog(parts.get(0))
                        ? parts
                        : resolved(new SchemaName(parts.get(0), parts.get(1)), parts.get(2));
            default:
                return parts;
        }
    }

    /** The name for something that a statement creates, which must get a schema of ours. */
    public List<String> created(List<String> parts) {
        if (isResolved(parts)) {
            return parts;
        }
        if (parts.size() == 2
                && (parts.get(1).contains("/") || SPARK_SCHEMAS.contains(SchemaName.normal(parts.get(0))))) {
            return parts;
        }
        ObjectName name = object(parts);
        metastore.requireSchema(name.schema());
        return resolved(name.schema(), name.name());
    }

    /** True for a name that this class has already resolved. */
    public static boolean isResolved(List<String> parts) {
        return parts.size() == 3
                && SESSION_CATALOG.equals(parts.get(0))
                && parts.get(1).indexOf('.') > 0;
    }

    private static List<String> resolved(SchemaName schema, String name) {
        return List.of(SESSION_CATALOG, schema.database(), name);
    }

    private static LocalFailure tooManyParts(List<String> parts) {
        return LocalFailure.of(
                "IDENTIFIER_TOO_MANY_NAME_PARTS",
                "42601",
                "`" + String.join("`.`", parts) + "` is not a valid identifier as it has more than 3 name parts.");
    }
}
