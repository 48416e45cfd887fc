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
package io.cameldatabricks.component.body;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.RowStream;
import io.cameldatabricks.component.execute.StatementResult;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.RowText;

/** What a route gets of a result with rows. Stateless. */
public final class ResultBody {

    private ResultBody() {}

    /** @return what the settings ask for; a stream ends with the exchange */
    public static Object of(Exchange exchange, ResultSettings settings, StatementResult result) {
        return switch (settings.outputType()) {
            case SELECT_LIST, LIST -> list(exchange, settings, result);
            case SELECT_ONE -> {
                List<?> rows = list(exchange, settings, result);
                yield rows.isEmpty() ? null : rows.get(0);
            }
            case STREAM_LIST -> {
                RowIterator rows =
                        new RowIterator(result.stream(), settings.rowGroupSize(), mapping(exchange, settings, result));
                rows.closeWith(exchange);
                yield rows;
            }
            case CSV -> text(exchange, RowText.csv(result.stream()), result.stream());
            case JSON_LINES -> text(exchange, RowText.jsonLines(result.stream()), result.stream());
        };
    }

    private static Function<Row, Object> mapping(Exchange exchange, ResultSettings settings, StatementResult result) {
        return settings.outputClass() == null
                ? row -> row
                : new RowBeans(settings.outputClass(), result.statementId(), exchange);
    }

    private static List<?> list(Exchange exchange, ResultSettings settings, StatementResult result) {
        if (settings.outputClass() == null) {
            return result.rows();
        }
        Function<Row, Object> mapping = mapping(exchange, settings, result);
        List<Object> list = new ArrayList<>(result.rows().size());
        result.rows().forEach(row -> list.add(mapping.apply(row)));
        return list;
    }

    /** Camel's stream caching reads it to its end, if it is on, so that nothing is left to close. */
    private static InputStream text(Exchange exchange, InputStream text, RowStream rows) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                rows.close();
            }
        });
        return text;
    }
}
