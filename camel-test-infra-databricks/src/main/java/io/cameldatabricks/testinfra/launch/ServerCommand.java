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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.cameldatabricks.testinfra.WarehouseOptions;
import io.cameldatabricks.testinfra.WarehouseOptions.Engine;

/** The command that starts the warehouse's JVM. */
final class ServerCommand {

    private static final String MAIN = "io.cameldatabricks.testinfra.server.LocalWarehouseServer";
    private static final String TOKEN_VARIABLE = "LOCAL_WAREHOUSE_TOKEN";

    private ServerCommand() {}

    /** A server for this JVM, or for the build that it is part of. */
    static ProcessBuilder of(WarehouseOptions options, Path discovery) {
        List<String> arguments = new ArrayList<>(options.arguments());
        long grace = options.shared() ? options.grace().toMillis() : 0;
        arguments.addAll(List.of("--lease-millis", String.valueOf(grace)));
        if (discovery != null) {
            arguments.addAll(List.of("--discovery", discovery.toString()));
        }
        ProcessBuilder builder = of(options.engine(), options.jvmOptions(), arguments);
        if (options.token() == null) {
            builder.environment().remove(TOKEN_VARIABLE);
        } else {
            builder.environment().put(TOKEN_VARIABLE, options.token());
        }
        return builder;
    }

    static ProcessBuilder of(Engine engine, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(engine == Engine.SPARK ? JvmFlags.spark() : JvmFlags.scripted());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", EngineClassPath.of(engine).text(), MAIN));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // options for the user's JVMs are not for this one
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder;
    }
}
