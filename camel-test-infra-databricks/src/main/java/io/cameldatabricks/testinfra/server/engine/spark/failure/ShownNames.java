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
package io.cameldatabricks.testinfra.server.engine.spark.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the names that users know back into texts of Spark and Delta, which show the session catalog and the joined
 * database names. Only for texts that people read (messages, DESCRIBE output), never for SQL.
 */
public final class ShownNames {

    private static final Pattern QUOTED = Pattern.compile(
            "(?:`spark_catalog`\\.|spark_catalog\\.)`([^`.]+)\\.([^`.]+)`|`([^`.]+)\\.([^`.]+)`(?=\\.`)");
    private static final Pattern PLAIN = Pattern.compile("\\bspark_catalog\\.(?=[^\\s.]+\\.)");

    private ShownNames() {}

    public static String clean(String text) {
        if (!text.contains("spark_catalog") && text.indexOf('`') < 0) {
            return text;
        }
        Matcher quoted = QUOTED.matcher(text);
        String first = quoted.replaceAll(match -> Matcher.quoteReplacement(
                match.group(1) == null
                        ? "`" + match.group(3) + "`.`" + match.group(4) + "`"
                        : "`" + match.group(1) + "`.`" + match.group(2) + "`"));
        return PLAIN.matcher(first).replaceAll("");
    }
}
