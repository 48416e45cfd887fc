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
package io.cameldatabricks.testinfra;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Wrong requests get the answer that the service would give. */
class RequestErrorsTest {

    private static final String ID = "/01f00000-0000-1000-8000-000000000000";

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final Sea sea = new Sea(warehouse);

    static Stream<Arguments> wrongBodies() {
        return Stream.of(
                arguments("{\"warehouse_id\":\"local\"", 400, "MALFORMED_REQUEST", "parse"),
                arguments("[1]", 400, "MALFORMED_REQUEST", "map"),
                arguments("{}", 400, "INVALID_PARAMETER_VALUE", "'statement'"),
                arguments(
                        "{\"statement\":\" \",\"warehouse_id\":\"local\"}",
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "'statement'"),
                arguments("{\"statement\":\"SELECT 1\"}", 400, "INVALID_PARAMETER_VALUE", "'warehouse_id'"),
                arguments("{\"statement\":{},\"warehouse_id\":\"local\"}", 400, "INVALID_PARAMETER_VALUE", "string"),
                arguments(
                        "{\"statement\":\"SELECT 1\",\"warehouse_id\":\"other\"}",
                        404,
                        "RESOURCE_DOES_NOT_EXIST",
                        "other"),
                arguments(with("\"wait_timeout\":\"3s\""), 400, "INVALID_PARAMETER_VALUE", "wait_timeout"),
                arguments(with("\"wait_timeout\":\"51s\""), 400, "INVALID_PARAMETER_VALUE", "wait_timeout"),
                arguments(with("\"wait_timeout\":\"soon\""), 400, "INVALID_PARAMETER_VALUE", "wait_timeout"),
                arguments(with("\"on_wait_timeout\":\"STOP\""), 400, "INVALID_PARAMETER_VALUE", "on_wait_timeout"),
                arguments(with("\"disposition\":\"FILE\""), 400, "INVALID_PARAMETER_VALUE", "disposition"),
                arguments(with("\"format\":\"ARROW_STREAM\""), 400, "INVALID_PARAMETER_VALUE", "INLINE"),
                arguments(with("\"row_limit\":-1"), 400, "INVALID_PARAMETER_VALUE", "row_limit"),
                arguments(with("\"row_limit\":\"many\""), 400, "INVALID_PARAMETER_VALUE", "row_limit"),
                arguments(with("\"parameters\":[{\"value\":\"1\"}]"), 400, "INVALID_PARAMETER_VALUE", "name"),
                arguments(with("\"parameters\":\"a\""), 400, "INVALID_PARAMETER_VALUE", "list"),
                arguments(
                        with("\"parameters\":[{\"ordinal\":2,\"value\":\"1\"}]"),
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "gaps"),
                arguments(
                        with("\"parameters\":[{\"ordinal\":1,\"value\":\"1\"},{\"name\":\"a\",\"value\":\"1\"}]"),
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "mixed"),
                arguments(with("\"query_tags\":[{\"key\":\"a:b\"}]"), 400, "INVALID_PARAMETER_VALUE", "tag"),
                arguments(with("\"session_id\":\"gone\""), 404, "NOT_FOUND", "SessionHandle"));
    }

    private static String with(String field) {
        return "{\"statement\":\"SELECT 1\",\"warehouse_id\":\"local\"," + field + "}";
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void shouldRefuseWrongExecuteRequests(String body, int status, String errorCode, String word) {
        Sea.Answer answer = sea.send("POST", Sea.STATEMENTS, body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(errorCode);
        assertThat(answer.message()).contains(word).doesNotContain("\tat ", "Exception");
    }

    static Stream<Arguments> wrongAddresses() {
        return Stream.of(
                arguments("GET", Sea.STATEMENTS + ID, "NOT_FOUND"),
                arguments("GET", Sea.STATEMENTS + ID + "/status", "NOT_FOUND"),
                arguments("POST", Sea.STATEMENTS + ID + "/cancel", "NOT_FOUND"),
                arguments("DELETE", Sea.STATEMENTS + ID, "NOT_FOUND"),
                arguments("GET", Sea.STATEMENTS + ID + "/result/chunks/0", "NOT_FOUND"),
                arguments("DELETE", "/api/2.0/sql/sessions" + ID, "NOT_FOUND"),
                arguments("POST", "/api/2.0/sql/warehouses/other/sessions", "RESOURCE_DOES_NOT_EXIST"),
                arguments("GET", "/api/2.0/sql/warehouses/other", "RESOURCE_DOES_NOT_EXIST"),
                arguments("PUT", Sea.STATEMENTS, "ENDPOINT_NOT_FOUND"),
                arguments("GET", "/api/2.0/nothing", "ENDPOINT_NOT_FOUND"),
                arguments("GET", "/", "ENDPOINT_NOT_FOUND"));
    }

    @ParameterizedTest
    @MethodSource("wrongAddresses")
    void shouldNotFindWhatIsNotThere(String method, String path, String errorCode) {
        Sea.Answer answer = sea.send(method, path, null);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo(errorCode);
    }

    @Test
    void shouldWantAToken() {
        for (String path : new String[] {Sea.STATEMENTS + ID, "/api/2.0/nothing", "/local/clock"}) {
            Sea.Answer missing = sea.send("GET", path, null, null);
            assertThat(missing.status()).isEqualTo(401);
            assertThat(missing.message()).contains("Credential was not sent");
            Sea.Answer wrong = sea.send("GET", path, null, "Bearer wrong");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.message()).isEqualTo("Invalid access token.");
            assertThat(wrong.response().headers().firstValue("WWW-Authenticate"))
                    .isPresent();
        }
    }

    @Test
    void shouldRefuseAWrongChunk() {
        String id = sea.execute("SELECT 1").id();
        assertThat(sea.send("GET", Sea.STATEMENTS + "/" + id + "/result/chunks/x", null)
                        .errorCode())
                .isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void shouldRefuseWrongControlRequests() {
        assertThat(sea.send("POST", "/local/clock", "advance=-PT1H").status()).isEqualTo(400);
        assertThat(sea.send("POST", "/local/clock", "advance=x%zz").status()).isEqualTo(400);
        assertThat(sea.send("POST", "/local/scripts", "statement=a&pattern=b").status())
                .isEqualTo(400);
        assertThat(sea.send("POST", "/local/scripts", "pattern=(").status()).isEqualTo(400);
        assertThat(sea.send("POST", "/local/scripts", "statement=a&column=b:INT&row=1,2")
                        .message())
                .contains("as many values");
    }
}
