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
package io.cameldatabricks.testinfra;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every test look for what it awaits five times as often as Awaitility does by itself, since it first looks after a tenth
 * of a second and most of what is awaited here takes less; and lets none fail because the machine is busy with other
 * things. Found by JUnit in {@code META-INF/services}.
 */
public final class AwaitilityDefaults implements BeforeAllCallback {

    private static final Duration EVERY = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(EVERY);
        Awaitility.setDefaultPollDelay(EVERY);
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
