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
package io.cameldatabricks.component.error;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the driver says of a failed call over Thrift, where it keeps the answer as text only. The text of the outermost
 * exception holds the whole request: the SQL, the values of its parameters, the secret of the session. None of that may be
 * taken for the server's words. Stateless.
 */
final class ThriftAnswer {

    private static final Set<String> OF_HTTP = Set.of("DatabricksHttpException", "DatabricksRetryHandlerException");

    private static final String REQUEST = "Request {T";
    private static final String ERROR = ", Error {";
    private static final Pattern STATUS = Pattern.compile("\\AHTTP request failed by code: (\\d{3}),");
    /** The driver has repeated the call until it lost patience, and hides the last answer in a failure of its network. */
    private static final Pattern GIVEN_UP =
            Pattern.compile("\\A(?:Caught error while executing http request: \\[[^\\]]*]\\. Error Message: \\[[\\w.$]*"
                    + "DatabricksRetryHandlerException: )?Retry failure\\. HTTP response code: (\\d{3}),");

    private static final Pattern NO_ANSWER = Pattern.compile(
            "\\ACaught error while executing http request: \\[[^\\]]*]\\. Error Message: \\[([\\w.$]+)");

    private ThriftAnswer() {}

    /** The message without the request that it holds, if it holds one. */
    static String withoutRequest(String message) {
        if (!message.contains(REQUEST)) {
            return message;
        }
        // the last one, since a value may hold these words too
        int error = message.lastIndexOf(ERROR);
        return error < message.indexOf(REQUEST) ? "" : message.substring(error + ERROR.length());
    }

    /** The status of the HTTP answer, or null. */
    static Integer httpStatus(Set<Throwable> chain) {
        return find(STATUS, chain)
                .or(() -> find(GIVEN_UP, chain))
                .map(Integer::valueOf)
                .orElse(null);
    }

    /** The simple name of the exception that left the call without an answer, which the driver drops; empty if there is none. */
    static Optional<String> networkFailure(Set<Throwable> chain) {
        return find(NO_ANSWER, chain).map(name -> name.substring(name.lastIndexOf('.') + 1));
    }

    private static Optional<String> find(Pattern pattern, Set<Throwable> chain) {
        return chain.stream()
                .filter(link -> OF_HTTP.contains(link.getClass().getSimpleName()) && link.getMessage() != null)
                .map(link -> pattern.matcher(link.getMessage()))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }
}
