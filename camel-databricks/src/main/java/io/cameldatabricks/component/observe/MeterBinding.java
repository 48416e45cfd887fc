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
package io.cameldatabricks.component.observe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.event.StatementListener;

/**
 * What has to be told so that meters show it. Needs Micrometer on the class path: only to be touched when a bean is there.
 * Immutable.
 */
public record MeterBinding(StatementListener listener, StateGauges gauges) {

    private static final Logger LOG = LoggerFactory.getLogger(MeterBinding.class);

    /** What a bean has to be. */
    public static final String REGISTRY_CLASS = "io.micrometer.core.instrument.MeterRegistry";

    /**
     * @param beans registries, at least one; a composite among them has the others in it, and serves alone
     */
    public static MeterBinding of(Collection<?> beans) {
        List<MeterRegistry> registries = new ArrayList<>();
        beans.forEach(bean -> registries.add((MeterRegistry) bean));
        MeterRegistry registry = registries.stream()
                .filter(CompositeMeterRegistry.class::isInstance)
                .findFirst()
                .orElseGet(() -> registries.size() == 1 ? registries.get(0) : composite(registries));
        LOG.debug("Meters go to {}", registry.getClass().getName());
        return new MeterBinding(new Meters(registry), new Gauges(registry));
    }

    private static MeterRegistry composite(List<MeterRegistry> registries) {
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        registries.forEach(all::add);
        return all;
    }
}
