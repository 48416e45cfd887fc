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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerMessageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`s`.`t` cannot be found. SQLSTATE: 42P01; line 1 pos 14 | TABLE_OR_VIEW_NOT_FOUND `main`.`s`.`t` at line 1 pos 14
            [PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC'. SQLSTATE: 42601 (line 1, pos 0)                     | PARSE_SYNTAX_ERROR at line 1, pos 0
            [CAST_INVALID_INPUT] The value 'hunter2' of the type "STRING" cannot be cast to "INT"                      | CAST_INVALID_INPUT
            [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `amuont` cannot be resolved. Did you mean `amount`? | UNRESOLVED_COLUMN.WITH_SUGGESTION `amuont`
            [USER_RAISED_EXCEPTION] hunter2 [HUNTER2] `hunter2`                                                       | USER_RAISED_EXCEPTION
            [ARITHMETIC_OVERFLOW] 4111111111111111 caused overflow                                                    | ARITHMETIC_OVERFLOW
            nothing that is known to be harmless: hunter2                                                             | ""
            """)
    void shouldShowOnlyWhatIsHarmless(String message, String shown) {
        assertThat(ServerMessage.parse(message, null)).hasToString(shown);
    }

    @Test
    void shouldNotTakeTheErrorClassFromTheStatementThatTheDriverQuotes() {
        String sql = "SELECT '[HUNTER2_SECRET] `x`' FROM t";
        String message = "Statement execution failed 01f0 -> " + sql
                + "\nFAILED. Error Message: [DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012, Error code: BAD_REQUEST";

        assertThat(ServerMessage.parse(message, sql)).hasToString("DIVIDE_BY_ZERO");
    }

    @Test
    void shouldHaveNothingToShowForNoMessage() {
        assertThat(ServerMessage.parse(null, "SELECT 1")).hasToString("");
    }
}
