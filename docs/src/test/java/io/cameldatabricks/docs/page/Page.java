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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in AsciiDoc ({@code .adoc}) or Markdown ({@code .md}) with its blocks. The line before a block names its source:
 * {@code // snippet: File.java#name} in AsciiDoc, {@code <!-- snippet: File.java#name -->} in Markdown.
 */
public final class Page {

    private static final Pattern ADOC_SOURCE = Pattern.compile("// snippet: (\\S+)");
    private static final Pattern MD_SOURCE = Pattern.compile("<!-- snippet: (\\S+) -->");
    private static final Pattern ADOC_LANGUAGE = Pattern.compile("\\[source,\\s*([\\w-]+).*]");

    private final Path path;
    private final List<String> lines;

    private Page(Path path, List<String> lines) {
        this.path = path;
        this.lines = lines;
    }

    /** @throws IllegalArgumentException for a block without an end */
    public static Page read(Path path) {
        try {
            return new Page(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    List<String> lines() {
        return lines;
    }

    boolean isMarkdown() {
        return path.toString().endsWith(".md");
    }

    /** Lines that are prose, blocks left out. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        walk(prose::add, block -> block.text());
        return prose;
    }

    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        walk(line -> true, block -> {
            blocks.add(block);
            return block.text();
        });
        return blocks;
    }

    /** @return the lines of the page, its blocks replaced */
    List<String> with(Function<Block, List<String>> replacement) {
        List<String> result = new ArrayList<>();
        int copied = 0;
        for (Block block : blocks()) {
            result.addAll(lines.subList(copied, block.line() - 1));
            result.addAll(replacement.apply(block));
            copied = block.line() - 1 + block.text().size();
        }
        result.addAll(lines.subList(copied, lines.size()));
        return result;
    }

    private void walk(Function<String, Boolean> prose, Function<Block, List<String>> blocks) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!opens(line)) {
                prose.apply(line);
                continue;
            }
            String close = isMarkdown() ? "```" : line;
            int end = i + 1;
            while (end < lines.size() && !lines.get(end).equals(close)) {
                end++;
            }
            if (end == lines.size()) {
                throw new IllegalArgumentException(path + ":" + (i + 1) + ": a block without an end");
            }
            blocks.apply(new Block(path, i + 2, language(i), source(i), lines.subList(i + 1, end)));
            i = end;
        }
    }

    private boolean opens(String line) {
        return isMarkdown() ? line.startsWith("```") : line.equals("----") || line.equals("....");
    }

    private String language(int open) {
        if (isMarkdown()) {
            return lines.get(open).substring(3).strip();
        }
        Matcher matcher = ADOC_LANGUAGE.matcher(before(open));
        return matcher.matches() ? matcher.group(1) : "";
    }

    private String source(int open) {
        boolean attributes = !isMarkdown() && before(open).startsWith("[");
        Matcher matcher = (isMarkdown() ? MD_SOURCE : ADOC_SOURCE).matcher(before(attributes ? open - 1 : open));
        return matcher.matches() ? matcher.group(1) : null;
    }

    private String before(int line) {
        return line > 0 ? lines.get(line - 1) : "";
    }
}
