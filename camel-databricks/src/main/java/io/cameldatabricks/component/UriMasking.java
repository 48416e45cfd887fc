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
package io.cameldatabricks.component;

import org.apache.camel.CamelContext;
import org.apache.camel.util.URISupport;

/**
 * Makes Camel mask our secrets wherever it prints a URI. Camel masks by names it was built with; of ours it knows
 * {@code accessToken}, but neither {@code connectionUrl} nor the maps that can hold passwords.
 */
final class UriMasking {

    private static final String OURS = "connectionUrl,driverProperties.,httpHeaders.,pwd";
    private static final String CONFIGURED = "camel.main.additionalSensitiveKeywords";

    private UriMasking() {}

    /** Adds our names. Camel replaces the names that were added before, so the configured ones are added again. */
    static void register(CamelContext context) {
        String configured = context.getPropertiesComponent()
                .resolveProperty(CONFIGURED)
                .map(keywords -> "," + keywords)
                .orElse("");
        URISupport.addSanitizeKeywords(OURS + configured);
    }
}
