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
package io.cameldatabricks.component.ingest;

/**
 * What has become of a load.
 *
 * @param rows what was read of the message, as far as we read it, and what the server reported as loaded
 * @param file where the rows were uploaded to, or moved to; null when there was nothing to load
 * @param alreadyLoaded whether the server loaded nothing, since it has loaded the file before: for an earlier delivery of
 *     the message, or for a statement whose answer was lost. Of a file that was given it may also be that it has no rows
 */
public record LoadReport(IngestReport rows, String file, boolean alreadyLoaded) {}
