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
package io.cameldatabricks.docs.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of pages that lead to another file or place of the project, and whether that is there. */
public final class PageLinks {

    private static final Pattern ADOC = Pattern.compile("(?:link|xref|image):{1,2}([^\\[\\s]+)\\[|<<([\\w-]+)[,>]");
    private static final Pattern MD = Pattern.compile("]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");

    private PageLinks() {}

    /** @return one sentence for each link that leads nowhere */
    public static List<String> problems(Path root, List<Page> pages) {
        List<String> problems = new ArrayList<>();
        for (Page page : pages) {
            for (String line : page.prose()) {
                Matcher matcher = (page.isMarkdown() ? MD : ADOC).matcher(line.replaceAll("`[^`]*`(?!\\])", ""));
                while (matcher.find()) {
                    String target = matcher.group(1) != null
                            ? matcher.group(1)
                            : page.isMarkdown() ? matcher.group(2) : "#" + matcher.group(2);
                    if (!target.matches("[a-z]+:.*") && !leadsSomewhere(page, target)) {
                        problems.add(root.relativize(page.path()) + ": a link that leads nowhere: " + target);
                    }
                }
            }
        }
        return problems;
    }

    private static boolean leadsSomewhere(Page page, String target) {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path path =
                file.isEmpty() ? page.path() : page.path().resolveSibling(file).normalize();
        return Files.exists(path) && (hash < 0 || anchors(Page.read(path)).contains(target.substring(hash + 1)));
    }

    private static Set<String> anchors(Page page) {
        Set<String> anchors = new HashSet<>();
        Pattern explicit = Pattern.compile("\\[\\[([\\w-]+)]]|\\[#([\\w-]+)]");
        for (String line : page.prose()) {
            Matcher id = explicit.matcher(line);
            while (id.find()) {
                anchors.add(id.group(1) != null ? id.group(1) : id.group(2));
            }
            Matcher heading =
                    Pattern.compile(page.isMarkdown() ? "#+ (.*)" : "=+ (.*)").matcher(line);
            if (heading.matches()) {
                anchors.add(page.isMarkdown() ? markdownId(heading.group(1)) : asciidocId(heading.group(1)));
            }
        }
        return anchors;
    }

    private static String markdownId(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\s-]", "").replace(' ', '-');
    }

    private static String asciidocId(String heading) {
        return "_"
                + heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\s.-]", "")
                        .replaceAll("[\\s.-]+", "_")
                        .replaceAll("_$", "");
    }
}
