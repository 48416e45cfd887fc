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
package io.cameldatabricks.testinfra.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Finds the local Maven repository: the property maven.repo.local, then settings.xml, then ~/.m2/repository. */
final class LocalRepository {

    private LocalRepository() {}

    static Path find() {
        Path home = Path.of(System.getProperty("user.home"));
        String property = System.getProperty("maven.repo.local", "");
        if (!property.isEmpty()) {
            return Path.of(property);
        }
        String configured = fromSettings(home.resolve(".m2").resolve("settings.xml"));
        return configured == null ? home.resolve(".m2").resolve("repository") : Path.of(configured);
    }

    private static String fromSettings(Path settings) {
        if (!Files.isReadable(settings)) {
            return null;
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList found =
                    factory.newDocumentBuilder().parse(settings.toFile()).getElementsByTagName("localRepository");
            String text =
                    found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
            return text.isEmpty() ? null : text.replace("${user.home}", System.getProperty("user.home"));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            // Maven itself will complain about it
            return null;
        }
    }
}
