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

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Values whose SQL type the user chose. */
class ForcedTypesTest {

    static Stream<Arguments> forced() {
        return Stream.of(
                arguments("INT", null, "?", "INT", null),
                arguments("string", Optional.empty(), "?", "STRING", null),
                arguments("DECIMAL(18,2)", null, "CAST(? AS DECIMAL(18,2))", "STRING", null),
                arguments("VARIANT", null, "CAST(? AS VARIANT)", "STRING", null),
                arguments("BINARY", null, "CAST(? AS BINARY)", "STRING", null),
                arguments("BIGINT", 5, "?", "BIGINT", 5L),
                arguments("tinyint", " 5 ", "?", "TINYINT", (byte) 5),
                arguments("SMALLINT", 5.0, "?", "SMALLINT", (short) 5),
                arguments("INT", new BigDecimal("-2147483648"), "?", "INT", Integer.MIN_VALUE),
                arguments("DOUBLE", "1e3", "?", "DOUBLE", 1000.0),
                arguments("FLOAT", 1.5, "?", "FLOAT", 1.5f),
                arguments("DECIMAL(18,2)", "1.5", "CAST(? AS DECIMAL(18,2))", "DECIMAL(3,2)", new BigDecimal("1.50")),
                arguments("DECIMAL(3,2)", "1.5", "?", "DECIMAL(3,2)", new BigDecimal("1.50")),
                arguments("DECIMAL(5)", 12, "CAST(? AS DECIMAL(5,0))", "DECIMAL(2,0)", new BigDecimal("12")),
                arguments("DECIMAL", "0E+99", "CAST(? AS DECIMAL(10,0))", "DECIMAL(1,0)", new BigDecimal("0")),
                arguments("STRING", 5, "CAST(? AS STRING)", "INT", 5),
                arguments("STRING", "a", "?", "STRING", "a"),
                arguments("DATE", "2026-01-01", "CAST(? AS DATE)", "STRING", "2026-01-01"),
                arguments(
                        "TIMESTAMP_NTZ",
                        Instant.EPOCH,
                        "CAST(? AS TIMESTAMP_NTZ)",
                        "TIMESTAMP",
                        "1970-01-01T00:00:00Z"),
                arguments("VARIANT", "{\"a\":1}", "parse_json(?)", "STRING", "{\"a\":1}"),
                arguments("VARIANT", 5, "CAST(? AS VARIANT)", "INT", 5),
                arguments("BINARY", new byte[] {1}, "CAST(unbase64(?) AS BINARY)", "STRING", "AQ=="),
                arguments(
                        "interval day  to second",
                        "1 00:00:00",
                        "CAST(? AS INTERVAL DAY TO SECOND)",
                        "STRING",
                        "1 00:00:00"));
    }

    @ParameterizedTest
    @MethodSource("forced")
    void shouldBindAsTheTypeThatWasChosen(String type, Object value, String placeholder, String sentAs, Object sent) {
        assertThat(ValueBinding.of("p", TypedValue.of(type, value)))
                .isEqualTo(new ValueBinding(placeholder, sentAs, sent));
    }

    static Stream<Arguments> inexact() {
        return Stream.of(
                arguments("TINYINT", 128),
                arguments("INT", 5_000_000_000L),
                arguments("BIGINT", "9223372036854775808"),
                arguments("BIGINT", new BigDecimal("1E+2147483647")),
                arguments("INT", 1.5),
                arguments("INT", "five"),
                arguments("INT", Double.NaN),
                arguments("DECIMAL(5,2)", "1.234"),
                arguments("DECIMAL(5,2)", "1000"),
                arguments("DECIMAL(5,2)", new BigDecimal("1E+2147483647")),
                arguments("DECIMAL(5,2)", "abc"),
                arguments("DOUBLE", "abc"));
    }

    @ParameterizedTest
    @MethodSource("inexact")
    void shouldRefuseWhatDoesNotFitTheChosenTypeExactly(String type, Object value) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ValueBinding.of("p", TypedValue.of(type, value)))
                .withMessageContaining("'p' has a value that is no exact " + type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BLOB",
                "INT) OR (1=1",
                "STRING(5)",
                "DECIMAL(39,0)",
                "DECIMAL(5,6)",
                "DECIMAL(0)",
                "DECIMAL(10,2",
                "ARRAY<INT>",
                "STRING--",
                "VOID"
            })
    void shouldKnowOnlyItsOwnTypes(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedValue.of(type, 1))
                .withMessageContaining("type '");
    }
}
