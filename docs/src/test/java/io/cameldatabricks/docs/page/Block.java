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

import java.nio.file.Path;
import java.util.List;

/**
 * A block of code or output on a page.
 *
 * @param page where it stands
 * @param line the first line of its text, from 1
 * @param language as the page names it, or empty
 * @param source the region it is copied from ({@code File.java#name}), or null
 * @param text its lines
 */
public record Block(Path page, int line, String language, String source, List<String> text) {

    public Block {
        text = List.copyOf(text);
    }

    /** The first line that is not empty, which is how the list of blocks without a source names a block. */
    String firstLine() {
        return text.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    String place(Path root) {
        return root.relativize(page) + ":" + line;
    }
}
