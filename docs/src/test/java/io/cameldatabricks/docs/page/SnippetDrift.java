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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the blocks of pages: compared with the regions of sources in both directions. */
public final class SnippetDrift {

    private final Path root;
    private final List<Page> pages;
    private final Regions regions;
    private final Map<String, String> withoutSource;

    /** @param withoutSource the first lines of the blocks that need no source, each with the reason */
    public SnippetDrift(Path root, List<Page> pages, Regions regions, Map<String, String> withoutSource) {
        this.root = root;
        this.pages = pages;
        this.regions = regions;
        this.withoutSource = new LinkedHashMap<>(withoutSource);
    }

    /** @return one sentence for each thing that is wrong, in the order of the pages */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        Set<String> excused = new HashSet<>();
        for (Page page : pages) {
            for (Block block : page.blocks()) {
                check(block, problems, shown, excused);
            }
        }
        for (String name : regions.names()) {
            if (!shown.contains(name)) {
                problems.add("No page shows the region " + name);
            }
        }
        for (String line : withoutSource.keySet()) {
            if (!excused.contains(line)) {
                problems.add("The list of blocks without a source names one that is nowhere: " + line);
            }
        }
        return problems;
    }

    private void check(Block block, List<String> problems, Set<String> shown, Set<String> excused) {
        String place = block.place(root);
        if (block.source() == null) {
            if (isRunOfAnExample(block)) {
                return;
            }
            if (withoutSource.containsKey(block.firstLine())) {
                excused.add(block.firstLine());
            } else {
                problems.add(place + ": a block without a source: " + block.firstLine());
            }
            return;
        }
        List<String> text = regions.text(block.source());
        shown.add(block.source());
        if (text == null) {
            problems.add(place + ": there is no region " + block.source());
        } else if (!text.equals(block.text())) {
            problems.add(place + ": differs from " + block.source());
        }
    }

    /** The build runs the examples themselves; that the name of the run exists is looked at elsewhere. */
    private static boolean isRunOfAnExample(Block block) {
        return block.text().size() == 1 && block.firstLine().matches("mvn -q -Drun=[\\w-]+");
    }

    /** Copies the regions into the pages. */
    public void update() {
        for (Page page : pages) {
            List<String> updated = page.with(block -> {
                List<String> text = block.source() == null ? null : regions.text(block.source());
                return text == null ? block.text() : text;
            });
            if (!updated.equals(page.lines())) {
                try {
                    Files.writeString(page.path(), String.join("\n", updated) + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
