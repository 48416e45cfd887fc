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
package io.cameldatabricks.testinfra.server.engine.spark.command;

import java.util.ArrayList;
import java.util.List;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.command.LeafRunnableCommand;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.types.StructType;
import scala.Enumeration;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/**
 * A statement that the local warehouse runs itself, as a node of Spark's plans: so it works wherever Spark accepts a
 * statement, in scripts and in EXECUTE IMMEDIATE too.
 */
public final class LocalCommand extends LogicalPlan implements LeafRunnableCommand {

    private static final long serialVersionUID = 1L;

    /** What the command does: its rows, each a list of values in column order. */
    @FunctionalInterface
    public interface Action {
        List<List<Object>> run(org.apache.spark.sql.classic.SparkSession session);
    }

    private final String title;
    private final Seq<Attribute> output;
    private final transient Action action;

    /**
     * @param title what EXPLAIN shows
     * @param columns the result's columns, empty for a statement without result
     */
    public LocalCommand(String title, StructType columns, Action action) {
        this.title = title;
        List<Attribute> attributes = new ArrayList<>();
        Scala.list(DataTypeUtils.toAttributes(columns)).forEach(attributes::add);
        this.output = Scala.seq(attributes);
        this.action = action;
    }

    private LocalCommand(LocalCommand other) {
        this.title = other.title;
        this.output = other.output;
        this.action = other.action;
    }

    private static final String VOLUME_OPERATION = "VolumeOperation";

    /** A command whose one row tells the client what to do with a file of a volume. */
    public static LocalCommand volumeOperation(StructType columns, Action action) {
        return new LocalCommand(VOLUME_OPERATION, columns, action);
    }

    public boolean isVolumeOperation() {
        return title.equals(VOLUME_OPERATION);
    }

    /** A command without a result. */
    public static LocalCommand silent(String title, Runnable action) {
        return new LocalCommand(title, new StructType(), session -> {
            action.run();
            return List.of();
        });
    }

    @Override
    public Seq<Attribute> output() {
        return output;
    }

    @Override
    public Seq<Row> run(SparkSession session) {
        List<Row> rows = new ArrayList<>();
        for (List<Object> values : action.run((org.apache.spark.sql.classic.SparkSession) session)) {
            rows.add(RowFactory.create(values.toArray()));
        }
        return Scala.seq(rows);
    }

    @Override
    public Map<String, SQLMetric> metrics() {
        return scala.collection.immutable.Map$.MODULE$.empty();
    }

    @Override
    public Seq<LogicalPlan> children() {
        return Scala.<LogicalPlan>seq(List.of());
    }

    @Override
    public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
        return this;
    }

    @Override
    public Seq<Enumeration.Value> nodePatterns() {
        return Scala.<Enumeration.Value>seq(List.of(TreePattern.COMMAND()));
    }

    /** Scala sets a trait's fields through such methods; {@link #nodePatterns()} needs none. */
    @Override
    public void org$apache$spark$sql$catalyst$plans$logical$Command$_setter_$nodePatterns_$eq(
            Seq<Enumeration.Value> patterns) {
        // a constant above
    }

    /** Spark would look for a constructor that takes this node's children. */
    @Override
    public LogicalPlan clone() {
        return new LocalCommand(this);
    }

    @Override
    public LogicalPlan makeCopy(Object[] newArgs) {
        return new LocalCommand(this);
    }

    @Override
    public String nodeName() {
        return title;
    }

    @Override
    public int productArity() {
        return 0;
    }

    @Override
    public Object productElement(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public boolean canEqual(Object other) {
        return other == this;
    }

    @Override
    public boolean equals(Object other) {
        return other == this;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
