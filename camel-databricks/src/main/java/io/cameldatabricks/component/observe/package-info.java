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
/**
 * What people and machines see of the component: meters, health checks, the page of the developer console, log lines, spans.
 * All of it is made of events and of snapshots that the frame takes; nothing here touches a statement. It knows Camel's
 * types, since health checks, consoles and spans are Camel's.
 */
package io.cameldatabricks.component.observe;
