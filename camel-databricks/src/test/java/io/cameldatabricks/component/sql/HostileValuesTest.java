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
package io.cameldatabricks.component.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import io.cameldatabricks.component.sql.CapturingServer.Sent;

import static org.assertj.core.api.Assertions.assertThat;

/** No value becomes part of the text, whatever it holds: 250 statements of 50 values through the unmodified driver. */
class HostileValuesTest {

    private static final int VALUES = 50;

    private static CapturingServer server;
    private static Connection connection;

    @BeforeContainer
    static void connect() throws Exception {
        server = new CapturingServer();
        connection = server.connect();
    }

    @AfterContainer
    static void close() throws Exception {
        connection.close();
        server.close();
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void shouldSendTheSameTextAndTheSameValues(@ForAll("hostile") @Size(VALUES) List<String> values) throws Exception {
        StringBuilder text = new StringBuilder("SELECT * FROM t /* :v0 ? */ WHERE s = ':v1 ?' AND raw:v2 = 'x'");
        StringBuilder expected = new StringBuilder(text);
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            text.append(" OR c").append(i).append(" = :v").append(i).append(" -- it's ?\n");
            expected.append(" OR c").append(i).append(" = ? -- it's ?\n");
            named.put("v" + i, values.get(i));
        }

        BoundSql bound = ParsedSql.parse(text.toString()).bind(FixedParameters.of(named));
        try (PreparedStatement statement = connection.prepareStatement(bound.sql())) {
            ParameterBinder.bind(statement, bound.parameters());
            statement.execute();
        }

        CapturingServer.Statement statement = server.take();
        assertThat(statement.sql()).isEqualTo(expected.toString());
        assertThat(statement.parameters())
                .isEqualTo(
                        values.stream().map(value -> new Sent("STRING", value)).toList());
    }

    @Provide
    Arbitrary<List<String>> hostile() {
        return HostileValues.lists();
    }
}
