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
package io.cameldatabricks.testinfra.server;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServerOptionsTest {

    @Test
    void shouldHaveDefaults() {
        ServerOptions options = ServerOptions.parse(List.of(), Map.of());
        assertThat(options.port()).isZero();
        assertThat(options.engine()).isEqualTo("spark");
        assertThat(options.data()).isNull();
        assertThat(options.lease()).isNull();
        assertThat(options.token()).startsWith("dapi").hasSize(36);
        assertThat(options.token())
                .isNotEqualTo(ServerOptions.parse(List.of(), Map.of()).token());
    }

    @Test
    void shouldTakeTheTokenFromTheOptionThenFromTheEnvironment() {
        Map<String, String> environment = Map.of("LOCAL_WAREHOUSE_TOKEN", "from-environment");
        assertThat(ServerOptions.parse(List.of(), environment).token()).isEqualTo("from-environment");
        assertThat(ServerOptions.parse(List.of("--token", "given"), environment).token())
                .isEqualTo("given");
        assertThat(ServerOptions.parse(List.of("--token", "given"), environment))
                .asString()
                .doesNotContain("given");
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 80, Unknown option --prot",
        "--port, needs a value",
        "--port http, between 0 and 65535",
        "--port 70000, between 0 and 65535",
        "--engine duck, spark or scripted"
    })
    void shouldRefuseWhatMakesNoSense(String arguments, String message) {
        assertThatThrownBy(() -> ServerOptions.parse(List.of(arguments.split(" ")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
