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

import io.cameldatabricks.component.ingest.LoadKey;
import io.cameldatabricks.component.ingest.LoadSource;

/**
 * What a message asks to load.
 *
 * @param write where it goes, and how statements are sent
 * @param source what is loaded
 * @param key what makes it one and the same load when it is sent again
 */
record LoadRequest(WriteRequest write, LoadSource source, LoadKey key) {}
