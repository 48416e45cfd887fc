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
package io.cameldatabricks.testinfra.server.engine.spark;

import io.delta.sql.DeltaSparkSessionExtension;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.classic.SparkSession;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.parser.LocalParser;
import io.cameldatabricks.testinfra.server.engine.spark.rule.CurrentNames;
import io.cameldatabricks.testinfra.server.engine.spark.rule.NameResolution;
import io.cameldatabricks.testinfra.server.engine.spark.rule.RelationSources;
import io.cameldatabricks.testinfra.server.engine.spark.rule.SessionParameters;
import io.cameldatabricks.testinfra.server.engine.spark.rule.TableDefinitions;
import io.cameldatabricks.testinfra.server.engine.spark.rule.TableQualifiers;

/** Puts Delta and the local warehouse's own parser and rules into every session. */
final class LocalExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

    private final RelationSources sources;
    private volatile Metastore metastore;

    LocalExtensions(RelationSources sources) {
        this.sources = sources;
    }

    /** The metastore needs a Spark session and the rules of later sessions need the metastore, so it comes late. */
    void metastore(Metastore opened) {
        metastore = opened;
    }

    private SessionNames names(org.apache.spark.sql.SparkSession session) {
        return new SessionNames((SparkSession) session, metastore);
    }

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        new DeltaSparkSessionExtension().apply(extensions);
        extensions.injectParser((session, delta) -> new LocalParser(delta, names(session)));
        extensions.injectHintResolutionRule(session -> new NameResolution(names(session), sources));
        extensions.injectHintResolutionRule(session -> new TableDefinitions(names(session)));
        extensions.injectHintResolutionRule(session -> new SessionParameters());
        // again, for names that an IDENTIFIER clause gives only during resolution
        extensions.injectResolutionRule(session -> new NameResolution(names(session), sources));
        extensions.injectResolutionRule(session -> new TableQualifiers());
        extensions.injectPostHocResolutionRule(session -> new CurrentNames(names(session)));
        return BoxedUnit.UNIT;
    }
}
