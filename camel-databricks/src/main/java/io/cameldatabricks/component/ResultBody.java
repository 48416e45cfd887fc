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
package io.cameldatabricks.component;

import org.apache.camel.Exchange;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementResult;

/** What a route gets of a result with rows. Stateless. */
final class ResultBody {

    private ResultBody() {}

    /** @return what the settings ask for; a stream ends with the exchange */
    static Object of(Exchange exchange, ResultSettings settings, StatementResult result) {
        return switch (settings.outputType()) {
            case SELECT_LIST -> result.rows();
            case SELECT_ONE -> result.rows().isEmpty() ? null : result.rows().get(0);
            case STREAM_LIST -> {
                RowIterator rows = new RowIterator(result.stream(), settings.rowGroupSize(), row -> row);
                rows.closeWith(exchange);
                yield rows;
            }
        };
    }
}
