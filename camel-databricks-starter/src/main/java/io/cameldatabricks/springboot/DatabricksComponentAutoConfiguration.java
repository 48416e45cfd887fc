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

import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

import io.cameldatabricks.component.DatabricksComponent;

/**
 * Gives the component the options under {@code camel.component.databricks}. What is not set there keeps the default of the
 * component, which also looks for beans by itself: a {@code DataSource}, a {@code TokenSource}, a
 * {@code StatementHandleRepository}, a {@code MeterRegistry}. A component bean of another name, such as one for a second
 * workspace, keeps what it was given.
 *
 * <p>Nothing has to be done for the order of a shutdown: Spring stops the web server, then the Camel context, and destroys
 * beans after that, so that a data source outlives the handles that are kept in it.
 */
@AutoConfiguration(after = {CamelAutoConfiguration.class, DatabricksComponentConverter.class})
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@EnableConfigurationProperties({ComponentConfigurationProperties.class, DatabricksComponentConfiguration.class})
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.databricks"})
public class DatabricksComponentAutoConfiguration {

    private static final String NAME = "databricks";

    private final ApplicationContext applicationContext;
    private final DatabricksComponentConfiguration configuration;

    public DatabricksComponentAutoConfiguration(
            ApplicationContext applicationContext, DatabricksComponentConfiguration configuration) {
        this.applicationContext = applicationContext;
        this.configuration = configuration;
    }

    /** Called for each component when Camel makes it; only the one of this name has the options. */
    @Lazy
    @Bean
    public ComponentCustomizer configureDatabricksComponent() {
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component target) {
                // a bean for a whole group of options, such as pool=#myPool, replaces single ones that were set before
                // it,
                // so they are set once more
                CamelPropertiesHelper.copyProperties(target.getCamelContext(), configuration, target);
                CamelPropertiesHelper.copyProperties(target.getCamelContext(), configuration, target);
            }

            @Override
            public boolean isEnabled(String name, Component target) {
                // a second component says itself where it connects: the host of this one would send its statements
                // elsewhere
                return NAME.equals(name)
                        && target instanceof DatabricksComponent
                        && HierarchicalPropertiesEvaluator.evaluate(
                                applicationContext,
                                "camel.component.customizer",
                                "camel.component.databricks.customizer");
            }
        };
    }
}
