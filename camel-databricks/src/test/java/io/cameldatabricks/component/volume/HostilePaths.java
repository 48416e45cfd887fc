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
package io.cameldatabricks.component.volume;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Paths that try to lead out of where they belong, put together of a table of ingredients. */
final class HostilePaths {

    /** Ways to write "the folder above", most of which some program somewhere has taken for it. */
    private static final List<String> UP = List.of(
            "..",
            ".",
            "...",
            "....",
            ".. ",
            " ..",
            "..\u0000",
            "\u0000..",
            "..\t",
            "..\n",
            ". .",
            "%2e%2e",
            "%2E%2E",
            ".%2e",
            "%2e.",
            "%252e%252e",
            "%25252e%25252e",
            "%252525252e%252525252e",
            "%%32%65%%32%65",
            "%u002e%u002e",
            "%u002E.",
            "%c0%ae%c0%ae",
            "%e0%80%ae%e0%80%ae",
            "%C0%2E%C0%2E",
            "..%00",
            "..%0a",
            "..%20",
            "%2e%2e%20",
            "\u2024\u2024",
            "\u2025",
            "\u2026",
            "\uFF0E\uFF0E",
            "\uFE52\uFE52",
            ".\u200B.",
            "\u200B..",
            "..\u200D",
            ".\uFEFF.",
            ".\u00AD.",
            "\u202E..",
            "..\u2066",
            ".\u2060.",
            "%ef%bc%8e%ef%bc%8e",
            "%e2%80%a5",
            "\u00A0..",
            "..\u3000",
            "..\u0085",
            "..\u2028",
            "\uD800..",
            "..\uDFFF",
            "..\uFFFD");

    /** Ways to write what stands between two names. */
    private static final List<String> BETWEEN = List.of(
            "/",
            "//",
            "/./",
            "\\",
            "\\\\",
            "/\\",
            "%2f",
            "%2F",
            "%5c",
            "%252f",
            "%255c",
            "%25252f",
            "%c0%af",
            "%u2215",
            "%u002f",
            "\uFF0F",
            "\uFF3C",
            "%ef%bc%8f",
            "\u2100/",
            "/\u0000/",
            "/%00/");

    private static final List<String> TARGETS = List.of("etc/passwd", "secret.txt", "landing-secret/x", "");

    private HostilePaths() {}

    static Stream<String> all() {
        Set<String> paths = new LinkedHashSet<>();
        for (int i = 0; i < UP.size(); i++) {
            String up = UP.get(i);
            paths.add(up);
            // each of the one with a third of the others, and the first with all
            for (int j = 0; j < BETWEEN.size(); j++) {
                if (i == 0 || (i + j) % 3 == 0) {
                    paths.add(up + BETWEEN.get(j) + up + BETWEEN.get(j) + "secret.txt");
                }
            }
            for (String target : TARGETS) {
                paths.add(up + "/" + target);
                paths.add("a/" + up + "/" + up + "/" + target);
            }
            paths.add("a/b/" + up);
        }
        paths.addAll(absolute());
        return paths.stream();
    }

    private static List<String> absolute() {
        String root = "/Volumes/main/default/landing";
        List<String> paths = new ArrayList<>(List.of(
                "",
                " ",
                "/",
                "//",
                "/etc/passwd",
                "//etc/passwd",
                "/Volumes",
                "/Volumes/",
                "/Volumes//",
                "/Volumes/main/default",
                "/Volumes/main/default/landing-secret/x",
                "/Volumes/main/default/landin/x",
                "/Volumes/main/default/landing/in-secret/x",
                "/Volumes/main/default/landing/i/x",
                "/Volumes/main/default/landing/IN/x",
                "/Volumes/main/default/landing/x",
                "/Volumes/main/defaul/landing/in/x",
                "/volumes/main/default/landing/in/x",
                "/Volumes/main\\default/landing/in/x",
                "dbfs:/Volumes/main/default/landing/in/x",
                "file:/etc/passwd",
                "file:///etc/passwd",
                "s3://bucket/x",
                "https://example.com/x",
                "C:\\Windows\\x",
                "C:/Windows/x",
                "\\\\server\\share\\x",
                "\\\\?\\C:\\x",
                "/Volumes/../etc/passwd",
                root + "/../landing/in/x",
                root + "/in/../x",
                root + "/in/../../other/x",
                root + "/in//x",
                root + "/in/./x",
                root + "/in/%2e%2e/x",
                root + "/in/..%2fx",
                root + "\u0000/in/x",
                root + "/in\u0000/x"));
        paths.add("x".repeat(256));
        paths.add("é".repeat(128));
        return paths;
    }
}
