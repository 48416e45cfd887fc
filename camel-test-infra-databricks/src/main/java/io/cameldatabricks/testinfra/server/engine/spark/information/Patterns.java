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
package io.cameldatabricks.testinfra.server.engine.spark.information;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The two kinds of name patterns that listings take. */
public final class Patterns {

    private Patterns() {}

    /**
     * SHOW … LIKE: {@code *} for any characters, {@code .} for any one (the JDBC driver writes it for JDBC's
     * {@code _}), {@code |} between alternatives; case does not matter.
     */
    public static Predicate<String> like(String patternOrNull) {
        if (patternOrNull == null) {
            return name -> true;
        }
        StringBuilder regex = new StringBuilder();
        for (char c : patternOrNull.strip().toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '*', '%' -> regex.append(".*");
                case '.' -> regex.append('.');
                case '|' -> regex.append('|');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        Pattern pattern = Pattern.compile(regex.toString());
        return name -> pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
