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
package io.cameldatabricks.examples.springboot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;

/**
 * A Spring Boot application that takes orders for reports over HTTP. Everything but {@link #main} is as it would be in front of
 * a real workspace.
 */
@SpringBootApplication
public class ReportApplication {

    /** Starts the local warehouse and the application; shows itself and ends, or with {@code -Dstay=true} goes on. */
    public static void main(String[] args) throws Exception {
        System.out.println("Starting the local warehouse ...");
        Path handles = Files.createTempDirectory("reports-").resolve("handles");
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark());
                ConfigurableApplicationContext context = start(properties(warehouse, handles))) {
            String url = "http://localhost:"
                    + ((WebServerApplicationContext) context).getWebServer().getPort();
            if (Boolean.getBoolean("stay")) {
                System.out.printf("%nLook at %s/console, stop with Ctrl-C%n", url);
                new CountDownLatch(1).await();
            } else {
                new Tour(url, System.out).run();
            }
        }
    }

    static ConfigurableApplicationContext start(Map<String, Object> properties) {
        SpringApplication application = new SpringApplication(ReportApplication.class);
        application.setDefaultProperties(properties);
        return application.run();
    }

    /** What an administrator would write for a real workspace. */
    static Map<String, Object> properties(LocalWarehouseProcess warehouse, Path handles) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("camel.component.databricks.host", warehouse.httpUrl());
        properties.put("camel.component.databricks.warehouse-id", warehouse.warehouseId());
        properties.put("warehouse.token", warehouse.token());
        properties.put("camel.component.databricks.access-token", "${warehouse.token}");
        properties.put("spring.datasource.url", "jdbc:h2:file:" + handles.toAbsolutePath() + ";WRITE_DELAY=0");
        return properties;
    }
}
