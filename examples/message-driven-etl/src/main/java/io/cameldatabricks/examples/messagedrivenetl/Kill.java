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
package io.cameldatabricks.examples.messagedrivenetl;

import java.time.Duration;

/**
 * A moment to kill a process.
 *
 * @param when in words
 * @param line what the process says before
 * @param count how often it has to say it
 * @param later how long after that
 */
record Kill(String when, String line, int count, Duration later) {}
