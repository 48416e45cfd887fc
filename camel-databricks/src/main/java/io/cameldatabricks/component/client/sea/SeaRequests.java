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
package io.cameldatabricks.component.client.sea;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

import com.databricks.sdk.service.sql.Disposition;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ExecuteStatementRequestOnWaitTimeout;
import com.databricks.sdk.service.sql.Format;
import com.databricks.sdk.service.sql.QueryTag;
import com.databricks.sdk.service.sql.StatementParameterListItem;

import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.WaitPolicy;

/** Paths and bodies of the calls. */
final class SeaRequests {

    static final String STATEMENTS = "/api/2.0/sql/statements/";

    private static final String HISTORY = "/api/2.0/sql/history/queries";

    private SeaRequests() {}

    static byte[] submit(StatementRequest request) {
        ExecuteStatementRequest body = new ExecuteStatementRequest()
                .setWarehouseId(request.warehouse().value())
                .setStatement(request.sql())
                .setCatalog(request.catalog())
                .setSchema(request.schema())
                .setWaitTimeout(request.waitPolicy().serverWait().toSeconds() + "s");
        if (!request.waitPolicy().serverWait().isZero()) {
            // the API refuses it when there is no wait
            body.setOnWaitTimeout(
                    request.waitPolicy().then() == WaitPolicy.Then.CANCEL
                            ? ExecuteStatementRequestOnWaitTimeout.CANCEL
                            : ExecuteStatementRequestOnWaitTimeout.CONTINUE);
        }
        switch (request.disposition()) {
            case EXTERNAL_LINKS ->
                body.setDisposition(Disposition.EXTERNAL_LINKS).setFormat(Format.ARROW_STREAM);
            case INLINE -> body.setDisposition(Disposition.INLINE).setFormat(Format.JSON_ARRAY);
        }
        if (request.limits().rows() > 0) {
            body.setRowLimit(request.limits().rows());
        }
        if (request.limits().bytes() > 0) {
            body.setByteLimit(request.limits().bytes());
        }
        if (!request.parameters().isEmpty()) {
            List<StatementParameterListItem> parameters = new ArrayList<>();
            request.parameters()
                    .forEach(parameter -> parameters.add(new StatementParameterListItem()
                            .setName(parameter.name())
                            .setType(parameter.type())
                            .setValue(parameter.value())));
            body.setParameters(parameters);
        }
        if (!request.tags().isEmpty()) {
            List<QueryTag> tags = new ArrayList<>();
            request.tags()
                    .asMap()
                    .forEach((key, value) -> tags.add(new QueryTag().setKey(key).setValue(value)));
            body.setQueryTags(tags);
        }
        return SeaJson.write(body);
    }

    static String statement(StatementId id) {
        return STATEMENTS + encode(id.reveal());
    }

    static String cancel(StatementId id) {
        return statement(id) + "/cancel";
    }

    /** One page, and never a second: the API pages unreliably when it filters. */
    static String history(Collection<StatementId> ids) {
        StringJoiner query = new StringJoiner("&", HISTORY + "?", "");
        query.add("max_results=" + ids.size());
        ids.forEach(id -> query.add("filter_by.statement_ids=" + encode(id.reveal())));
        return query.toString();
    }

    static String history(TagSearch search, int maxResults) {
        return HISTORY + "?max_results=" + maxResults
                + "&filter_by.warehouse_ids=" + encode(search.warehouse().value())
                + "&filter_by.query_start_time_range.start_time_ms="
                + search.from().toEpochMilli()
                + "&filter_by.query_start_time_range.end_time_ms="
                + search.to().toEpochMilli();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
