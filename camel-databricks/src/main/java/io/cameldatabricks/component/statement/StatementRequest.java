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
package io.cameldatabricks.component.statement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A statement that is ready to be submitted. Immutable; prints neither its text nor its values.
 *
 * @param warehouse where it runs
 * @param sql the text, with {@code :name} markers
 * @param parameters one for each marker, each name once
 * @param catalog catalog of unqualified names, or null for the warehouse's own
 * @param schema schema of unqualified names, or null
 * @param limits how much it may return
 * @param tags shown in the query history
 * @param waitPolicy how long the server may hold back the answer
 * @param disposition where the server puts the result
 */
public record StatementRequest(
        WarehouseId warehouse,
        String sql,
        List<StatementParameter> parameters,
        String catalog,
        String schema,
        StatementLimits limits,
        QueryTags tags,
        WaitPolicy waitPolicy,
        ResultDisposition disposition) {

    /** Most bytes of text that the service takes, in UTF-8. */
    public static final int MAX_SQL_BYTES = 16 * 1024 * 1024;

    public StatementRequest {
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(waitPolicy, "waitPolicy");
        Objects.requireNonNull(disposition, "disposition");
        if (sql == null || sql.isBlank()) {
            throw new IllegalArgumentException("The statement is empty");
        }
        // a character takes at most 3 bytes, so that most texts need no encoding here
        if (sql.length() > MAX_SQL_BYTES / 3 && sql.getBytes(StandardCharsets.UTF_8).length > MAX_SQL_BYTES) {
            throw new IllegalArgumentException("The statement has more than 16 MiB of text");
        }
        parameters = List.copyOf(parameters);
        Set<String> names = new HashSet<>();
        for (StatementParameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException("Parameter " + parameter.name() + " is given twice");
            }
        }
    }

    /** Without parameters, limits and tags; the answer comes at once, the result is read through links. */
    public static StatementRequest of(WarehouseId warehouse, String sql) {
        return new StatementRequest(
                warehouse,
                sql,
                List.of(),
                null,
                null,
                StatementLimits.none(),
                QueryTags.none(),
                WaitPolicy.atOnce(),
                ResultDisposition.EXTERNAL_LINKS);
    }

    public StatementRequest withParameters(List<StatementParameter> newParameters) {
        return new StatementRequest(
                warehouse, sql, newParameters, catalog, schema, limits, tags, waitPolicy, disposition);
    }

    public StatementRequest withNamespace(String newCatalog, String newSchema) {
        return new StatementRequest(
                warehouse, sql, parameters, newCatalog, newSchema, limits, tags, waitPolicy, disposition);
    }

    public StatementRequest withLimits(StatementLimits newLimits) {
        return new StatementRequest(
                warehouse, sql, parameters, catalog, schema, newLimits, tags, waitPolicy, disposition);
    }

    public StatementRequest withTags(QueryTags newTags) {
        return new StatementRequest(
                warehouse, sql, parameters, catalog, schema, limits, newTags, waitPolicy, disposition);
    }

    public StatementRequest withWaitPolicy(WaitPolicy newWaitPolicy) {
        return new StatementRequest(
                warehouse, sql, parameters, catalog, schema, limits, tags, newWaitPolicy, disposition);
    }

    public StatementRequest withDisposition(ResultDisposition newDisposition) {
        return new StatementRequest(
                warehouse, sql, parameters, catalog, schema, limits, tags, waitPolicy, newDisposition);
    }

    /** SHA-256 of the text in 64 hexadecimal digits: tells statements apart without keeping their text. */
    public String sqlHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(sql.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "StatementRequest[warehouse=" + warehouse + ", parameters=" + parameters + ", limits=" + limits
                + ", tags=" + tags + ", waitPolicy=" + waitPolicy + ", disposition=" + disposition + "]";
    }
}
