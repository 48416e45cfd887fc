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

import java.util.LinkedHashSet;
import java.util.Set;

import javax.sql.DataSource;

import org.apache.camel.spi.StateRepository;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.stereotype.Component;

import io.cameldatabricks.component.DatabricksIngestOptions;
import io.cameldatabricks.component.DatabricksObserveOptions;
import io.cameldatabricks.component.DatabricksPoolOptions;
import io.cameldatabricks.component.DatabricksQueryConsumerOptions;
import io.cameldatabricks.component.DatabricksResultOptions;
import io.cameldatabricks.component.DatabricksSecurityOptions;
import io.cameldatabricks.component.DatabricksStatementOptions;
import io.cameldatabricks.component.DatabricksVolumeOptions;
import io.cameldatabricks.component.DatabricksWatchOptions;
import io.cameldatabricks.component.DatabricksWorkspaceOptions;
import io.cameldatabricks.component.auth.TokenSource;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;

/**
 * Turns references such as {@code #name} and {@code #bean:name} into the beans that they name.
 *
 * <p>Generated from the component's metadata by StarterSourcesTest.
 */
@Configuration(proxyBeanMethods = false)
@ConfigurationPropertiesBinding
@Component
public class DatabricksComponentConverter implements GenericConverter {

    private final ApplicationContext applicationContext;

    public DatabricksComponentConverter(ApplicationContext applicationContext) {
        this.applicationContext = applicationContext;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        Set<ConvertiblePair> pairs = new LinkedHashSet<>();
        pairs.add(new ConvertiblePair(String.class, DataSource.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksIngestOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksObserveOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksPoolOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksQueryConsumerOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksResultOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksSecurityOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksStatementOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksVolumeOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksWatchOptions.class));
        pairs.add(new ConvertiblePair(String.class, DatabricksWorkspaceOptions.class));
        pairs.add(new ConvertiblePair(String.class, StateRepository.class));
        pairs.add(new ConvertiblePair(String.class, StatementHandleRepository.class));
        pairs.add(new ConvertiblePair(String.class, StatementIdCipher.class));
        pairs.add(new ConvertiblePair(String.class, TokenSource.class));
        return pairs;
    }

    @Override
    public Object convert(Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
        if (source == null) {
            return null;
        }
        String reference = source.toString();
        if (!reference.startsWith("#")) {
            throw new IllegalArgumentException("A " + targetType.getType().getSimpleName()
                    + " is given as a reference to a bean, such as #name, not as text.");
        }
        String name = reference.startsWith("#bean:") ? reference.substring(6) : reference.substring(1);
        return applicationContext.getBean(name, targetType.getType());
    }
}
