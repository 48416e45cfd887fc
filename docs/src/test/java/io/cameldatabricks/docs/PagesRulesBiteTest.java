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
package io.cameldatabricks.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.docs.page.Page;
import io.cameldatabricks.docs.page.PageLinks;
import io.cameldatabricks.docs.page.Regions;
import io.cameldatabricks.docs.page.SnippetDrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Plants what {@link PagesTest} is to find. */
class PagesRulesBiteTest {

    private static final String SOURCE =
            "class A {\n    void a() {\n        // tag::a[]\n        int i = 1;\n\n            i++;\n        // end::a[]\n    }\n}\n";
    private static final String BLOCK = "// snippet: A.java#a\n[source,java]\n----\nint i = 1;\n\n    i++;\n----\n";

    @TempDir
    Path root;

    @Test
    void shouldBeContentWithEqualText() throws Exception {
        write("docs/src/test/A.java", SOURCE);
        write("page.adoc", "= Title\n\n" + BLOCK);
        write("page.md", "<!-- snippet: A.java#a -->\n```java\nint i = 1;\n\n    i++;\n```\n");

        assertThat(drift("page.adoc", "page.md").problems()).isEmpty();
    }

    @Test
    void shouldFindADifferenceAndCopyTheSource() throws Exception {
        write("docs/src/test/A.java", SOURCE);
        write("page.adoc", "= Title\n\n" + BLOCK.replace("= 1", "= 2") + "\nAfter.\n");
        write("page.md", "<!-- snippet: A.java#a -->\n```java\nint i;\n```\n");

        assertThat(drift("page.adoc", "page.md").problems())
                .containsExactly("page.adoc:6: differs from A.java#a", "page.md:3: differs from A.java#a");

        drift("page.adoc", "page.md").update();

        assertThat(drift("page.adoc", "page.md").problems()).isEmpty();
        assertThat(root.resolve("page.adoc")).hasContent("= Title\n\n" + BLOCK + "\nAfter.\n");
    }

    @Test
    void shouldFindABlockWithoutASource() throws Exception {
        write("docs/src/test/A.java", SOURCE);
        write("page.adoc", BLOCK + "\n[source,sql]\n----\nSELECT 1\n----\n\n----\noutput\n----\n");

        assertThat(drift("page.adoc").problems())
                .containsExactly(
                        "page.adoc:11: a block without a source: SELECT 1",
                        "page.adoc:15: a block without a source: output");
    }

    @Test
    void shouldFindARegionThatNoPageShowsAndASourceThatIsGone() throws Exception {
        write("docs/src/test/A.java", SOURCE);
        write("page.adoc", BLOCK.replace("#a", "#b"));

        assertThat(drift("page.adoc").problems())
                .containsExactly("page.adoc:4: there is no region A.java#b", "No page shows the region A.java#a");
    }

    @Test
    void shouldFindAnExcuseThatNobodyNeeds() throws Exception {
        write("page.adoc", "nothing\n");

        SnippetDrift drift = new SnippetDrift(
                root, List.of(Page.read(root.resolve("page.adoc"))), regions(), Map.of("SELECT 1", "output"));

        assertThat(drift.problems()).singleElement().asString().endsWith("SELECT 1");
    }

    @Test
    void shouldRefuseARegionWithoutAnEnd() throws Exception {
        write("docs/src/test/A.java", "// tag::a[]\nint i;\n");

        assertThatThrownBy(this::regions).hasMessageContaining("without an end");
    }

    @Test
    void shouldFindLinksThatLeadNowhere() throws Exception {
        write("other.adoc", "= Other\n\n[[here]]\n== What is -- guaranteed\n");
        write(
                "page.adoc",
                "See link:other.adoc[it], link:other.adoc#here[here], link:other.adoc#_what_is_guaranteed[there], <<my-place>>,\n"
                        + "link:gone.adoc[x], xref:other.adoc#gone[y], <<nowhere>>, image::gone.svg[], https://a.example/[far].\n\n"
                        + "[[my-place]]\n----\nlink:code.adoc[]\n----\n");
        write("page.md", "[a](other.adoc) [b](#the-parts) [c](gone.md) [d](#gone)\n\n## The parts\n");

        assertThat(PageLinks.problems(
                        root, List.of(Page.read(root.resolve("page.adoc")), Page.read(root.resolve("page.md")))))
                .containsExactly(
                        "page.adoc: a link that leads nowhere: gone.adoc",
                        "page.adoc: a link that leads nowhere: other.adoc#gone",
                        "page.adoc: a link that leads nowhere: #nowhere",
                        "page.adoc: a link that leads nowhere: gone.svg",
                        "page.md: a link that leads nowhere: gone.md",
                        "page.md: a link that leads nowhere: #gone");
    }

    private SnippetDrift drift(String... pages) {
        return new SnippetDrift(
                root,
                List.of(pages).stream()
                        .map(page -> Page.read(root.resolve(page)))
                        .toList(),
                regions(),
                Map.of());
    }

    private Regions regions() {
        return new Regions(root, root.resolve("docs/src/test"), List.of());
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
