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
package io.cameldatabricks.springboot;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;

import io.cameldatabricks.component.DatabricksComponent;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
class DatabricksStarterTest {

    @SpringBootApplication
    static class Application {}

    @Autowired
    CamelContext context;

    @Test
    void shouldFindTheComponentInASpringBootApplication() {
        assertThat(context.getComponent("databricks")).isInstanceOf(DatabricksComponent.class);
        assertThat(context.getStatus().isStarted()).isTrue();
    }
}
