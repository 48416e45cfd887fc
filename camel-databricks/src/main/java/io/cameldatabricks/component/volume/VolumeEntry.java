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
package io.cameldatabricks.component.volume;

import java.time.Instant;

/**
 * A file or directory, as the listing of a directory shows it.
 *
 * @param path where it is, from {@code /Volumes} on
 * @param name the last part of the path
 * @param directory whether it is a directory
 * @param size in bytes; 0 for a directory
 * @param lastModified when it was written, or null when the server does not tell
 */
public record VolumeEntry(String path, String name, boolean directory, long size, Instant lastModified) {}
