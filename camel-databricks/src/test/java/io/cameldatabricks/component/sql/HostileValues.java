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

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Values that would do harm if they became part of SQL text, or would come out changed if they were copied carelessly. */
public final class HostileValues {

    private HostileValues() {}

    public static Arbitrary<List<String>> lists() {
        Arbitrary<String> pieces = Arbitraries.of(
                "'",
                "''",
                "\\'",
                "\\",
                "\"",
                "`",
                "--",
                "/*",
                "*/",
                ";",
                "?",
                ":v1",
                ":#v1",
                ":#${v1}",
                "$$",
                "$t$",
                "\0",
                "\r\n",
                "\u2028",
                "' OR 1=1 --",
                "'; DROP TABLE t; --",
                "\\u0027",
                "&#39;",
                "%27",
                "\uFF07",
                "\u02BC",
                "😀",
                "\uFEFF",
                "{",
                "}",
                "${env:HOME}",
                "unbase64(?)",
                "NULL",
                "\u202E",
                " ",
                "é",
                "e\u0301");
        Arbitrary<String> composed = pieces.list().ofMinSize(1).ofMaxSize(8).map(list -> String.join("", list));
        Arbitrary<String> anyText = Arbitraries.strings()
                .withCharRange('\u0000', '\uD7FF')
                .withCharRange('\uE000', '\uFFFF')
                .ofMaxLength(40);
        return Arbitraries.frequencyOf(Tuple.of(3, composed), Tuple.of(1, anyText))
                .list();
    }
}
