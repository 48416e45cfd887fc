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

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.cameldatabricks.testinfra.LocalWarehouseException;
import io.cameldatabricks.testinfra.WarehouseOptions.Engine;

/**
 * The class path of the warehouse's JVM: the jars that {@code engine.classpath} names, in the local Maven repository, then
 * the classes of this module.
 *
 * @param libraries third-party jars
 * @param own jar or folder of this module
 * @param protocol the JDBC driver, for the Thrift classes that it carries; last, so that its jar, which is large, is opened
 *     by the first Thrift call and not by the start
 */
record EngineClassPath(List<Path> libraries, Path own, List<Path> protocol) {

    private static final String RESOURCE = "/io/cameldatabricks/testinfra/engine.classpath";
    private static final String ROOT = "{repository}/";
    /** All that the server needs without Spark. */
    private static final Pattern WITHOUT_SPARK =
            Pattern.compile("(com/fasterxml/jackson/core|at/yawk/lz4/lz4-java|com/databricks/databricks-jdbc)/.*");

    private static final String DRIVER = "com/databricks/databricks-jdbc/";

    /** @throws LocalWarehouseException when jars are missing and cannot be fetched */
    static EngineClassPath of(Engine engine) {
        List<String> wanted = new ArrayList<>();
        for (String entry : read().trim().split("\\|")) {
            String path = entry.substring(ROOT.length());
            if (engine == Engine.SPARK || WITHOUT_SPARK.matcher(path).matches()) {
                wanted.add(path);
            }
        }
        Path repository = LocalRepository.find();
        List<String> missing = missing(repository, wanted);
        if (!missing.isEmpty()) {
            MissingJars.fetch(repository, missing);
            List<String> still = missing(repository, missing);
            if (!still.isEmpty()) {
                throw new LocalWarehouseException("The local warehouse needs " + still.size() + " jars that are not in "
                        + repository + ", such as " + still.get(0) + "; build once with network access.");
            }
        }
        return new EngineClassPath(
                wanted.stream()
                        .filter(path -> !path.startsWith(DRIVER))
                        .map(repository::resolve)
                        .toList(),
                ownCode(),
                wanted.stream()
                        .filter(path -> path.startsWith(DRIVER))
                        .map(repository::resolve)
                        .toList());
    }

    private static List<String> missing(Path repository, List<String> wanted) {
        return wanted.stream()
                .filter(path -> !Files.isRegularFile(repository.resolve(path)))
                .toList();
    }

    private static String read() {
        try (InputStream in = EngineClassPath.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new LocalWarehouseException(
                        "engine.classpath is not beside the classes of camel-test-infra-databricks; build it with Maven.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LocalWarehouseException("engine.classpath cannot be read.", e);
        }
    }

    static Path ownCode() {
        try {
            return Path.of(EngineClassPath.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new LocalWarehouseException("The place of the local warehouse's own classes is unknown.", e);
        }
    }

    /** Libraries first: class-data sharing wants the part of the path that does not change at its beginning. */
    String text() {
        List<String> all = new ArrayList<>();
        libraries.forEach(path -> all.add(path.toString()));
        all.add(own.toString());
        protocol.forEach(path -> all.add(path.toString()));
        return String.join(File.pathSeparator, all);
    }
}
