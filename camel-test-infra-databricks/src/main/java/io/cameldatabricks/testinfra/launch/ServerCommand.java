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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.cameldatabricks.testinfra.WarehouseOptions;
import io.cameldatabricks.testinfra.WarehouseOptions.Engine;

/** The command that starts the warehouse's JVM. */
final class ServerCommand {

    private static final String MAIN = "io.cameldatabricks.testinfra.server.LocalWarehouseServer";
    private static final String TOKEN_VARIABLE = "LOCAL_WAREHOUSE_TOKEN";

    private final ProcessBuilder builder;
    private final ClassDataArchive archive;

    private ServerCommand(ProcessBuilder builder, ClassDataArchive archive) {
        this.builder = builder;
        this.archive = archive;
    }

    /** A server for this JVM, or for the build that it is part of. */
    static ServerCommand of(WarehouseOptions options, Path discovery) {
        List<String> arguments = new ArrayList<>(options.arguments());
        long grace = options.shared() ? options.grace().toMillis() : 0;
        arguments.addAll(List.of("--lease-millis", String.valueOf(grace)));
        if (discovery != null) {
            arguments.addAll(List.of("--discovery", discovery.toString()));
        }
        ServerCommand command = of(options.engine(), options.jvmOptions(), arguments);
        command.builder.environment().remove(TOKEN_VARIABLE);
        if (options.token() != null) {
            command.builder.environment().put(TOKEN_VARIABLE, options.token());
        }
        return command;
    }

    static ServerCommand of(Engine engine, List<String> jvmOptions, List<String> arguments) {
        EngineClassPath classPath = EngineClassPath.of(engine);
        ClassDataArchive archive =
                engine == Engine.SPARK ? ClassDataArchive.of(classPath.libraries()) : ClassDataArchive.none();
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(engine == Engine.SPARK ? JvmFlags.spark() : JvmFlags.scripted());
        command.addAll(archive.flags());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath.text(), MAIN));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // what is meant for the user's own JVMs and Spark is not for this one
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS")
                        || name.startsWith("SPARK_")
                        || name.startsWith("HADOOP_"));
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        // glibc's arenas for many threads hold memory that nobody uses
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return new ServerCommand(builder, archive);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Process start(ProcessBuilder.Redirect output, ProcessBuilder.Redirect error) throws IOException {
        Process process = builder.redirectOutput(output).redirectError(error).start();
        archive.learnFrom(process);
        return process;
    }
}
