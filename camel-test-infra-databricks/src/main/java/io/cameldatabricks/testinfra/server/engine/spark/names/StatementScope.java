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
package io.cameldatabricks.testinfra.server.engine.spark.names;

/**
 * Catalog and schema that one statement asked for beside its session's, for the thread that runs it. Analysis runs on
 * that thread, so a rule can read it without touching the session, in which other statements may run.
 */
public final class StatementScope {

    private static final ThreadLocal<SchemaName> CURRENT = new ThreadLocal<>();

    private StatementScope() {}

    /** @return the statement's own schema, or null when the session's counts */
    public static SchemaName current() {
        return CURRENT.get();
    }

    /** Sets the schema for the calling thread, until {@link #leave}; null means the session's. */
    public static void enter(SchemaName schema) {
        CURRENT.set(schema);
    }

    public static void leave() {
        CURRENT.remove();
    }
}
